"""While a training draws its scenes, it tells how far it is and can be stopped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import trainer.clock
import trainer.scenes
from crowdgui.commands.orders import Orders
from crowdgui.commands.training import draw
from small_data import make_part
from trainer.config import Config, make_config
from trainer.distill import distill
from trainer.follow import read_events
from trainer.history import Story
from trainer.run_list import RunList
from trainer.runs import begin_run
from trainer.synthetic import Scene


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The seeds that were drawn; a scene takes no time here."""
    seeds: list[int] = []

    def render(seed: int) -> Scene:
        seeds.append(seed)
        picture = np.random.default_rng(seed).integers(0, 256, (96, 96, 3)).astype(np.uint8)
        return Scene(picture, np.array([[8.0, 9.0]], np.float32))

    monkeypatch.setattr(trainer.scenes, "render_scene", render)
    return seeds


@pytest.fixture
def config(tmp_path: Path) -> Config:
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4", "IMG_9"])
    facts = {"epochs": 1, "batch": 4, "crop": 64, "precision": "fp32", "threads": 1}
    return make_config({"network": "mcnn", "data": [str(part)], "scenes": 4, **facts})


def test_it_is_told_how_many_are_drawn(
    config: Config, drawn: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr(trainer.clock, "TOLD_EVERY", 0.0)
    events = list(distill(config, begin_run(config, tmp_path / "run")))
    facts = [(e["event"], e.get("what"), e.get("done"), e.get("of")) for e in events[:5]]
    told = [("preparing", "scenes", number, 4) for number in (1, 2, 3, 4)]
    assert facts == [*told, ("started", None, None, None)]
    assert len(drawn) == 4
    # All of them are among the pictures that are trained on.
    assert events[4]["pictures"] == 6
    draw(iter(events), config.epochs, Orders(follow=False))
    assert "6 pictures with" in capsys.readouterr().err


@pytest.mark.parametrize("order", ["stop", "parent-gone"])
def test_a_run_can_be_stopped_meanwhile(
    config: Config, drawn: list[int], tmp_path: Path, order: str
) -> None:
    folder = begin_run(config, tmp_path / "runs" / "one")
    orders = iter([None, "pause", None, "resume", order])
    events = list(distill(config, folder, lambda: next(orders, None)))
    assert [e["event"] for e in events] == ["paused", "resumed", "stopped"]
    assert len(drawn) == 3
    (row,) = RunList(tmp_path / "runs").look()
    assert row.state == ("stopped" if order == "stop" else "cut off")
    assert row.continuable
    events = list(distill(config, folder))
    assert (events[0]["event"], events[-1]["event"]) == ("started", "finished")
    # What was drawn is not drawn again, and what was not is.
    assert drawn == [trainer.scenes.FIRST_TRAINING_SEED + number for number in range(4)]
    assert [e["event"] for e in read_events(folder / "events.jsonl")][:4] == [
        "paused", "resumed", "stopped", "started",
    ]  # fmt: skip


def test_what_comes_before_the_training_is_no_part_of_its_length() -> None:
    story = Story()
    scenes = {"event": "preparing", "what": "scenes", "done": 1, "of": 9}
    started = {"event": "started", "epochs": 4, "pictures": 4}
    parts = (
        (scenes, 1), ({"event": "stopped"}, 5), (scenes, 100), (scenes, 105), (started, 110),
        ({"event": "finished"}, 113),
    )  # fmt: skip
    assert not story.takes_orders
    for event, time in parts:
        story.add_all([{**event, "time": time}])
        assert story.takes_orders or story.ended
    assert story.seconds == 3
