"""Run folders: one training each, kept whole whatever happens to the training."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors.torch import load_file

from models.errors import UserError
from models.header import read_metadata
from models.weights import load_network, write_tensors
from small_data import make_part
from trainer.checkpoint import Progress
from trainer.config import Config, make_config, read_recipe
from trainer.distill import distill
from trainer.events import append_event, make_event
from trainer.follow import read_events
from trainer.material import gather
from trainer.runs import begin_run, continue_run, occupied


@pytest.fixture
def config(tmp_path: Path) -> Config:
    names = [f"IMG_{n}" for n in (1, 2, 3, 4, 9)]
    return make_config(
        {
            **read_recipe("mcnn"),
            "data": [str(make_part(tmp_path / "part_A", names))],
            "epochs": 1,
            "batch": 2,
            "crop": 64,
            "scenes": 0,
            "precision": "fp32",
            "threads": 1,
        }
    )


def test_run_folders(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "run")
    assert continue_run(folder) == (folder, config)
    with pytest.raises(UserError, match="holds a run already"):
        begin_run(config, folder)
    with pytest.raises(UserError, match="no config"):
        continue_run(tmp_path)
    (folder / "config.json").write_text(json.dumps({"network": "mcnn", "colour": 1}))
    with pytest.raises(UserError, match="colour"):
        continue_run(folder)
    for damaged in ("[1", "[1]", "{}", '{"v": null, "network": "mcnn"}'):
        (folder / "config.json").write_text(damaged)
        with pytest.raises(UserError, match="damaged"):
            continue_run(folder)


def test_a_folder_in_use_becomes_no_run(config: Config, tmp_path: Path) -> None:
    for name in ("splits.json", "config.json", "notes.txt"):
        folder = tmp_path / name.removesuffix(".json")
        folder.mkdir()
        (folder / name).write_text('{"mine": 1}')
        with pytest.raises(UserError) as caught:
            begin_run(config, folder)
        assert caught.value.code == "folder-taken"
        assert [path.read_text() for path in folder.iterdir()] == ['{"mine": 1}']
    with pytest.raises(UserError, match="other files"):
        begin_run(config, tmp_path / "part_A")
    # What a file manager leaves, and what is held for a moment, is in nobody's way.
    (tmp_path / "empty").mkdir()
    for name in (".DS_Store", "lock"):
        (tmp_path / "empty" / name).touch()
    assert continue_run(begin_run(config, tmp_path / "empty"))[1] == config


def test_a_run_that_never_started_leaves_its_place_free(config: Config, tmp_path: Path) -> None:
    folder = begin_run(replace(config, teacher="nobody", alpha=0.1), tmp_path / "run")
    with pytest.raises(UserError, match="nobody"):
        list(distill(continue_run(folder)[1], folder))
    assert begin_run(config, folder) == folder
    assert list(distill(config, folder))[-1]["event"] == "finished"
    with pytest.raises(UserError, match="holds a run already"):
        begin_run(config, folder)


def test_a_place_taken_again_has_none_of_the_choices_made_there(
    config: Config, tmp_path: Path
) -> None:
    folders = {}
    for name in ("mine", "other"):
        (tmp_path / name).mkdir()
        folders[name] = str(tmp_path / name)
        Image.new("RGB", (96, 96)).save(tmp_path / name / f"{name}.png")
    negatives = {"negative_pictures": 1, "negatives": (folders["other"],)}
    folder = begin_run(replace(config, teacher="nobody", alpha=0.1, **negatives), tmp_path / "run")
    with pytest.raises(UserError, match="nobody"):
        list(distill(continue_run(folder)[1], folder))
    origin = {"teacher": ["a"], "teachers": ["b"], "init": None, "epochs": 9}
    (folder / "origin.json").write_text(json.dumps(origin))
    mine = replace(config, negative_pictures=1, negatives=(folders["mine"],))
    begin_run(mine, folder)
    assert list(distill(mine, folder))[-1]["event"] == "finished"
    chosen = json.loads((folder / "splits.json").read_text())["paths"]["negatives"]
    assert [Path(path).name for path in chosen] == ["mine.png"]
    assert json.loads((folder / "origin.json").read_text())["teachers"] == []


def test_a_run_of_a_newer_version_is_left_alone(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "run")
    facts = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**facts, "v": 2, "telepathy": True}))
    with pytest.raises(UserError, match="newer version"):
        continue_run(folder)


def test_two_trainings_never_share_a_folder(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "run")
    with occupied(folder), pytest.raises(UserError, match="Another training"):
        list(distill(config, folder))
    assert list(distill(config, folder))[-1]["event"] == "finished"


def test_what_a_kill_left_half_written_is_removed(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "run")
    (folder / "scenes").mkdir()
    left = [folder / f".last.safetensors.{'0a' * 16}.part",
            folder / "scenes" / f".scene_1.jpg.{'1b' * 16}.part"]  # fmt: skip
    mine = [folder / "mine.part", folder / ".film.mp4.part"]
    for path in (*left, *mine):
        path.write_bytes(b"half")
    with occupied(folder), pytest.raises(UserError) as caught:
        list(distill(config, folder))
    assert caught.value.code == "run-busy"
    assert all(path.exists() for path in left)
    list(distill(config, folder))
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in mine)


def test_a_run_that_ends_where_it_stands_has_a_result(config: Config, tmp_path: Path) -> None:
    """As with --resume and as many epochs as are done, when the next validation was far away."""
    folder = begin_run(replace(config, epochs=5, validate_every=5), tmp_path / "run")
    events = distill(continue_run(folder)[1], folder)
    next(event for event in events if (event["event"], event.get("epoch")) == ("saved", 2))
    events.close()
    assert not (folder / "best.safetensors").exists()
    done = Progress(**json.loads(read_metadata(folder / "last.safetensors")["progress"]))
    assert done.epoch == 2
    _, shorter = continue_run(folder, 2)
    events = list(distill(shorter, folder))
    assert [e["epoch"] for e in events if e["event"] == "validated"] == [2]
    assert events[-1]["weights"] is not None
    load_network(folder / "best.safetensors")
    # What was measured is not measured again.
    assert "validated" not in [event["event"] for event in distill(shorter, folder)]


@pytest.mark.parametrize("gone", ["events.jsonl", "best.safetensors"])
def test_a_run_whose_state_is_gone_is_not_begun_anew(
    config: Config, tmp_path: Path, gone: str
) -> None:
    folder = begin_run(config, tmp_path / "run")
    list(distill(config, folder))
    for name in ("last.safetensors", gone):
        (folder / name).unlink()
    best = folder / "best.safetensors"
    before = best.read_bytes() if best.exists() else b""
    with pytest.raises(UserError, match=r"there is no last\.safetensors in it") as caught:
        list(distill(replace(config, epochs=2), folder))
    assert caught.value.code == "run-missing"
    assert (best.read_bytes() if best.exists() else b"") == before
    # It is still there to be looked at.
    assert continue_run(folder) == (folder, config)


def test_a_run_killed_before_it_was_saved_begins_anew(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "run")
    events = distill(config, folder)
    next(event for event in events if event["event"] == "step")
    events.close()
    assert not (folder / "last.safetensors").exists()
    assert list(distill(config, folder))[-1]["event"] == "finished"


def test_without_a_log_the_state_says_how_many_epochs_are_done(
    config: Config, tmp_path: Path
) -> None:
    config = replace(config, epochs=2)
    folder = begin_run(config, tmp_path / "run")
    list(distill(config, folder))
    last = folder / "last.safetensors"
    (folder / "events.jsonl").unlink()
    with pytest.raises(UserError, match="use at least 2"):
        continue_run(folder, 1)
    write_tensors(last, load_file(last), {})
    with pytest.raises(UserError, match="no state of this training"):
        continue_run(folder, 1)
    assert continue_run(folder) == (folder, config)


DAMAGED = ["", "{", "[]", "null", '{"paths": {}}', '{"a": {"train": [1]}}', '{"paths": [1]}']


@pytest.mark.parametrize("text", DAMAGED)
@pytest.mark.parametrize("name", ["splits.json", "origin.json"])
def test_what_a_run_chose_can_be_damaged(
    config: Config, tmp_path: Path, name: str, text: str
) -> None:
    folder = begin_run(config, tmp_path / "run")
    events = distill(config, folder, lambda: "stop")
    list(events)
    (folder / name).write_text(text)
    with pytest.raises(UserError, match=f"its {name} is damaged") as caught:
        list(distill(config, folder))
    assert caught.value.code == "run-missing"
    assert (folder / name).read_text() == text


@pytest.mark.parametrize(
    "facts",
    [
        {"teacher": ["a"], "teachers": ["b"], "init": None, "epochs": 0},
        {"teacher": [], "teachers": [], "init": None, "epochs": "0"},
    ],
    ids=["other teachers", "no number"],
)
def test_an_origin_that_cannot_be_is_damaged(
    config: Config, tmp_path: Path, facts: dict[str, object]
) -> None:
    folder = begin_run(config, tmp_path / "run")
    (folder / "origin.json").write_text(json.dumps(facts))
    with pytest.raises(UserError, match=r"its origin\.json is damaged"):
        list(distill(config, folder))


@pytest.mark.parametrize("what", ["no progress", "other progress", "other tensors", "no chance"])
def test_a_foreign_state_is_one_sentence(config: Config, tmp_path: Path, what: str) -> None:
    folder = begin_run(config, tmp_path / "run")
    list(distill(config, folder, lambda: "stop"))
    last = folder / "last.safetensors"
    tensors, metadata = load_file(last), read_metadata(last)
    match what:
        case "no progress":
            metadata = {}
        case "other progress":
            metadata = {"progress": '{"epoch": 1, "colour": 2}'}
        case "other tensors":
            tensors = {name: tensor.flatten() for name, tensor in tensors.items()}
        case _:
            del tensors["random.torch"]
    write_tensors(last, tensors, metadata)
    with pytest.raises(UserError, match="no state of this training") as caught:
        list(distill(config, folder))
    assert caught.value.code == "weights-damaged"
    assert "\n" not in str(caught.value)


def test_the_split_is_written_down_and_must_stay(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    list(distill(config, folder))
    splits = json.loads((folder / "splits.json").read_text())[str(tmp_path / "part_A")]
    assert set(splits) == {"train", "val"}
    assert not set(splits["train"]) & set(splits["val"])
    picture = next((tmp_path / "part_A").rglob(f"{splits['train'][0]}.jpg"))
    annotation = next((tmp_path / "part_A").rglob(f"GT_{splits['train'][0]}.mat"))
    picture.unlink()
    annotation.unlink()
    with pytest.raises(UserError, match="are not those it began with"):
        list(distill(replace(config, epochs=2), folder))


def test_a_run_keeps_the_split_that_it_wrote_down(config: Config, tmp_path: Path) -> None:
    part = tmp_path / "part_A"
    mine = part.rename(tmp_path / "mine")
    config = replace(config, data=(str(mine),))
    folder = tmp_path / "run"
    first = gather(config, folder)
    (validated,) = [example.name for example in first.validation]
    other = first.train[0].name
    names = [name for name in (*(e.name for e in first.train), validated) if name != other]
    text = json.dumps({str(mine): {"train": sorted(names), "val": [other]}})
    (folder / "splits.json").write_text(text)
    kept = gather(config, folder)
    assert [example.name for example in kept.validation] == [other]
    assert sorted(example.name for example in kept.train) == sorted(names)
    assert (folder / "splits.json").read_text() == text


def test_a_preview_shows_a_validation_picture(config: Config, tmp_path: Path) -> None:
    events = list(distill(config, tmp_path / "run"))
    validated = next(event for event in events if event["event"] == "validated")
    with np.load(tmp_path / "run" / validated["preview"], allow_pickle=False) as preview:
        assert Path(str(preview["picture"])).exists()
        assert preview["truth"].sum() >= 1
        # 64x48 pixels at the recipe's 0.7 of their size, in cells of four.
        assert preview["student"].shape == (9, 12)
        assert "teacher" not in preview


def test_a_full_disk_leaves_the_last_good_state(config: Config, tmp_path: Path) -> None:
    folder = begin_run(config, tmp_path / "run")
    list(distill(config, folder))
    before = (folder / "last.safetensors").read_bytes()
    words = ["train", "--resume", str(folder), "--epochs", "3", "--events", "json"]
    done = subprocess.run(
        [sys.executable, "-m", "crowdgui", *words],
        capture_output=True, text=True, timeout=120, check=False,
        # Files can grow to so many bytes and no more, as on a disk that is full.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000)),
    )  # fmt: skip
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "cannot be written" in done.stderr
    assert (folder / "last.safetensors").read_bytes() == before
    assert not list(folder.glob(".*.part"))
    load_network(folder / "best.safetensors")
    assert list(distill(replace(config, epochs=2), folder))[-1]["event"] == "finished"


def test_events_pass_over_a_line_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    path.write_bytes(b'{"event": "started", "time": 1}\n[1]\n\xff\n{"event": "st')
    append_event(path, make_event("step"))
    append_event(path, make_event("saved"))
    assert [event["event"] for event in read_events(path)] == ["started", "step", "saved"]
