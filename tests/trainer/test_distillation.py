"""The teacher's maps are cut with the picture, and the loss is the study's."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from torch import Tensor

import trainer.batches
import trainer.clock
from crowdgui.commands.orders import Orders
from crowdgui.commands.training import draw
from models import catalogue
from models.errors import UserError
from models.grid import Grid
from models.header import ScaleRule, read_header
from models.weights import load_state, save_weights
from small_data import make_part
from small_models import save_mcnn
from trainer.augment import Augmentation, Place, crop_density, random_crop
from trainer.batches import Batches
from trainer.config import Config, config_from_json, config_to_json, make_config
from trainer.datasets import Example
from trainer.density import points_map
from trainer.distill import distill
from trainer.events import Event
from trainer.history import History
from trainer.setup import make_header, make_student
from trainer.teacher import Teacher, cache_folder, find_teachers


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A tiny distillation: an untrained MCNN teaches another on five pictures."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "teacher.safetensors", seed=5)
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_3", "IMG_4", "IMG_9"])
    return make_config(
        {
            "network": "mcnn",
            "data": [str(part)],
            "teacher": "teacher",
            "alpha": 0.3,
            "options": {"batch_norm": True},
            "epochs": 2,
            "batch": 2,
            "crop": 64,
            "validate_every": 1,
            "precision": "fp32",
            "threads": 1,
        }
    )


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_a_density_map_is_cut_as_the_picture_is(seed: int) -> None:
    """Unit dots at stride 2, cut by the very place of the crop, hold the crop's heads."""
    rng = np.random.default_rng(seed)
    width, height = int(rng.integers(150, 400)), int(rng.integers(150, 400))
    points = (rng.random((30, 2)) * [width, height]).astype(np.float32)
    picture = np.zeros((height, width, 3), np.uint8)
    crop = random_crop(picture, points, Augmentation(size=128, min_side=0), rng)
    dots = points_map(points, width, height, 1)
    cut = crop_density(dots, Grid((width, height), (1.0, 1.0)), crop.place, 128, 8)
    assert cut.shape == (16, 16)
    # A dot is a pixel wide: at the crop's border a part of it may lie on the other side, be the
    # head within or just without.
    moved = (points - np.float32([crop.place.left, crop.place.top])) * crop.place.scale
    border = np.abs(np.abs(moved - 64).max(axis=1) - 64) < 4
    assert cut.sum() == pytest.approx(len(crop.points), abs=0.01 + np.sum(border))
    inner = [(x, y) for x, y in crop.points if 4 < x < 124 and 4 < y < 124]
    for x, y in inner:
        near = cut[
            max(int(y) // 8 - 1, 0) : int(y) // 8 + 2, max(int(x) // 8 - 1, 0) : int(x) // 8 + 2
        ]
        assert near.sum() > 0.99


def test_a_whole_picture_keeps_its_whole_mass() -> None:
    density = np.random.default_rng(0).random((30, 40)).astype(np.float32)
    grid = Grid((160, 160), (4.0, 16 / 3))
    for scale, size in ((1.0, 160), (0.8, 128)):
        place = Place(0.0, 0.0, scale, mirrored=False)
        cut = crop_density(density, grid, place, size, 4)
        assert cut.sum() == pytest.approx(density.sum(), rel=1e-5)
    both = [
        crop_density(density, grid, Place(0, 0, 1.0, mirrored), 160, 4)
        for mirrored in (True, False)
    ]
    assert np.array_equal(both[0], both[1][:, ::-1])


def test_a_last_cell_that_reaches_beyond_the_picture_moves_no_other() -> None:
    """A picture of 100 pixels has 13 cells of 8: a head at 90 stays there, nobody is lost."""
    points = np.array([[90.0, 20.5], [98.0, 98.0]], np.float32)
    density = points_map(points, 104, 104, 8)
    cut = crop_density(density, Grid((100, 100), (8.0, 8.0)), Place(0, 0, 1.28, False), 128, 8)
    # Cell 11 of the map is 88 to 96 pixels, so 112.6 to 122.9 in the crop: cells 14 and 15.
    assert cut[:, 14:].sum() == pytest.approx(2, abs=1e-5)
    assert cut[:2].sum() == pytest.approx(0, abs=1e-5)
    assert cut.sum() == pytest.approx(2, abs=1e-5)


def test_teacher_maps_are_computed_once_and_kept(config: Config, tmp_path: Path) -> None:
    picture = tmp_path / "part_A/train_data/images/IMG_1.jpg"
    (teacher,) = find_teachers("teacher", "cpu", "fp32")
    density = teacher.density(picture)
    assert density.shape == (12, 16)
    again = Teacher(teacher.model, "cpu", "fp32")
    again._predict = lambda _: pytest.fail("computed twice")  # type: ignore[method-assign]
    assert np.allclose(again.density(picture), density, rtol=1e-3)
    (kept,) = cache_folder().rglob("*.npy")
    kept.write_bytes(b"damaged")
    assert np.array_equal(Teacher(teacher.model, "cpu", "fp32").density(picture), density)


@pytest.mark.parametrize("cause", ["a full disk", "no folder"])
def test_training_goes_on_where_no_map_can_be_kept(
    config: Config, cause: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if cause == "a full disk":
        monkeypatch.setattr(np, "save", full)
    else:
        cache_folder().parent.mkdir(parents=True)
        cache_folder().write_bytes(b"in the way")
    (tmp_path / "run").mkdir()
    assert list(distill(config, tmp_path / "run"))[-1]["event"] == "finished"
    told = [record.message for record in caplog.records if "cannot be kept" in record.message]
    assert len(told) == 1


def test_a_picture_that_went_away_is_named(config: Config, tmp_path: Path) -> None:
    (teacher,) = find_teachers("teacher", "cpu", "fp32")
    with pytest.raises(UserError) as caught:
        teacher.density(tmp_path / "gone.jpg")
    assert caught.value.code == "path-missing"


def test_a_batch_knows_truth_teacher_and_where_there_is_no_truth(
    config: Config, tmp_path: Path
) -> None:
    picture = tmp_path / "part_A/train_data/images/IMG_1.jpg"
    examples = [
        Example("known", picture, np.array([[30.0, 20.0]], np.float32)),
        Example("unknown", picture, None),
    ]
    network = make_student(config)
    teachers = find_teachers(config.teacher, "cpu", "fp32")
    batches = Batches(examples, config, make_header(config, network), teachers)
    (batch,) = batches.epoch(0)
    assert sorted(batch.labelled.tolist()) == [0.0, 1.0]
    assert (batch.teacher.sum((1, 2, 3)) > 0).all()
    unknown = int(batch.labelled.argmin())
    assert batch.truth[unknown].sum() == 0


@pytest.mark.parametrize("shrink", [1.0, 0.5])
def test_truth_and_teacher_lie_where_the_shrunk_picture_has_them(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shrink: float
) -> None:
    picture = tmp_path / "wide.png"
    Image.new("RGB", (256, 256)).save(picture)
    # Two persons in one cell of the teacher's, whose map covers the whole picture.
    density = np.zeros((64, 64), np.float32)
    density[24, 40] = 2
    monkeypatch.setattr(Teacher, "density", lambda *_: density)
    monkeypatch.setattr(Teacher, "grid", lambda *_: Grid((256, 256), (4, 4)))
    examples = [Example("wide", picture, np.array([[162, 98]], np.float32))]
    changed = replace(
        config, crop=int(256 * shrink), shrink=shrink, min_side=0, native=1.0, target="points"
    )
    header = make_header(changed, make_student(changed))
    batches = Batches(examples, changed, header, find_teachers("teacher", "cpu", "fp32"))
    (batch,) = batches.epoch(0)
    side, cell = int(64 * shrink), (int(24 * shrink), int(40 * shrink))
    mirrored = (cell[0], side - 1 - cell[1])
    assert batch.truth.shape == batch.teacher.shape == (1, 1, side, side)
    places = [tuple(place) for place in np.argwhere(batch.truth[0, 0].numpy())]
    assert places in ([cell], [mirrored])
    assert [tuple(place) for place in np.argwhere(batch.teacher[0, 0].numpy())] == places
    assert batch.teacher.sum() == pytest.approx(2)


def test_first_weights_bring_how_large_they_see_pictures(config: Config, tmp_path: Path) -> None:
    init = save_mcnn(tmp_path / "half.safetensors", scale_rule=ScaleRule(shrink=0.5))
    raised = save_mcnn(tmp_path / "raised.safetensors", scale_rule=ScaleRule(min_side=256))
    facts = {"network": "mcnn", "data": [], "init": str(init), "density_factor": 1.0}
    begun = make_config(facts)
    assert begun.shrink == 0.5
    assert make_header(begun, make_student(begun)).scale_rule.shrink == 0.5
    assert begun.min_side == 0
    own = make_config({**facts, "shrink": 0.7, "min_side": 0})
    assert (own.shrink, own.min_side) == (0.7, 0)
    kept = make_config({**facts, "init": str(raised)})
    assert (kept.shrink, kept.min_side) == (1, 256)
    assert make_config({**facts, "init": str(raised), "min_side": 300}).min_side == 300
    assert make_config({**facts, "init": str(tmp_path / "gone.safetensors")}).shrink == 1
    # A run goes on without them, also one from before there was the setting.
    init.unlink()
    assert config_from_json(config_to_json(begun), tmp_path) == begun
    old = json.loads(config_to_json(begun))
    del old["shrink"]
    assert config_from_json(json.dumps(old), tmp_path).shrink == 1


def test_teacher_maps_are_kept_only_as_far_as_there_is_room(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [tmp_path / f"part_A/train_data/images/IMG_{n}.jpg" for n in (1, 2, 3)]
    examples = [Example(path.stem, path, None) for path in pictures]
    header = make_header(config, make_student(config))
    made: dict[bool, list[Tensor]] = {}
    asked: list[Path] = []
    density = Teacher.density
    monkeypatch.setattr(
        Teacher, "density", lambda self, path: asked.append(path) or density(self, path)
    )
    for roomy in (True, False):
        # A picture has 9,216 bytes, its map of 16x12 cells 768.
        monkeypatch.setattr(trainer.batches, "CACHE_BYTES", 40_000 if roomy else 10_000)
        asked.clear()
        batches = Batches(examples, config, header, find_teachers("teacher", "cpu", "fp32"))
        made[roomy] = [batch.teacher for n in range(3) for batch in batches.epoch(n)]
        assert len(asked) == (3 if roomy else 7)
    assert all(torch.equal(one, two) for one, two in zip(made[True], made[False], strict=True))


def run(config: Config, folder: Path) -> list[Event]:
    folder.mkdir(parents=True)
    return list(distill(config, folder))


def first_loss(config: Config, folder: Path) -> dict[str, float]:
    events = run(replace(config, epochs=1, log_every=1), folder)
    return next(e for e in events if e["event"] == "step")  # type: ignore[return-value]


def test_what_takes_minutes_is_told_of(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trainer.clock, "TOLD_EVERY", 0.0)
    events = run(config, tmp_path / "run")
    told = [(e["event"], e["done"], e["of"]) for e in events if "done" in e]
    assert told[:3] == [("preparing", n, 3) for n in (1, 2, 3)]
    assert told[3:] == [("validating", n, 2) for n in (1, 2)] * 2
    assert [e["event"] for e in events[:4]] == ["started", *["preparing"] * 3]
    # No reader takes them for a place where a run stands.
    story = History(config)
    story.add_all(events[:3])
    assert (story.kind, story.doing["done"]) == ("started", 2)
    story.add_all([{"event": "telepathy", "time": 9e9}])
    assert story.kind == "started"
    draw(iter(events), config.epochs, Orders(follow=False))
    monkeypatch.setattr(trainer.clock, "TOLD_EVERY", 3600.0)
    assert not [e for e in run(config, tmp_path / "b") if "done" in e]


def test_orders_are_obeyed_while_the_teacher_looks(config: Config, tmp_path: Path) -> None:
    orders = iter(["pause", "resume", "stop"])
    events = distill(config, tmp_path / "run", lambda: next(orders, None))
    assert [e["event"] for e in events] == ["started", "paused", "resumed", "stopped"]
    assert list(distill(config, tmp_path / "run"))[-1]["event"] == "finished"


def test_both_parts_are_told_and_blended(config: Config, tmp_path: Path) -> None:
    step = first_loss(config, tmp_path / "a")
    blended = 0.7 * step["loss_truth"] + 0.3 * step["loss_teacher"]
    assert step["loss"] == pytest.approx(blended, rel=1e-5)
    alone = first_loss(replace(config, alpha=1.0), tmp_path / "b")
    assert alone["loss"] == pytest.approx(alone["loss_teacher"], rel=1e-6)
    assert alone["loss_teacher"] == pytest.approx(step["loss_teacher"], rel=1e-6)


def test_alpha_0_with_a_teacher_is_training_without_one(config: Config, tmp_path: Path) -> None:
    taught = first_loss(replace(config, alpha=0.0), tmp_path / "a")
    # Nor is it opened.
    assert not cache_folder().exists()
    assert read_header(tmp_path / "a" / "best.safetensors").trained_on["teacher"] == []
    plain = first_loss(replace(config, alpha=0.0, teacher=""), tmp_path / "b")
    assert taught["loss"] == plain["loss"]


def test_trust_lowers_the_part_of_a_teacher_that_errs(config: Config, tmp_path: Path) -> None:
    full = first_loss(replace(config, alpha=1.0), tmp_path / "a")
    wary = first_loss(replace(config, alpha=1.0, trust=True), tmp_path / "b")
    assert wary["loss"] < full["loss"]


def test_the_card_knows_teacher_and_alpha(config: Config, tmp_path: Path) -> None:
    run(config, tmp_path / "run")
    trained_on = read_header(tmp_path / "run" / "best.safetensors").trained_on
    assert trained_on["alpha"] == 0.3
    (teacher,) = trained_on["teacher"]
    assert catalogue.find_model("teacher").weights is not None
    assert len(teacher) == 16


def test_init_goes_on_from_folded_weights_and_adds_up_the_epochs(
    config: Config, tmp_path: Path
) -> None:
    run(config, tmp_path / "first")
    weights = tmp_path / "first" / "best.safetensors"
    before = read_header(weights).trained_on["epochs"]
    run(replace(config, init=str(weights), lr=1e-6, epochs=1), tmp_path / "second")
    after = read_header(tmp_path / "second" / "best.safetensors")
    assert after.trained_on["epochs"] == before + 1
    # One epoch at a tiny rate hardly moves it: what was learnt is still there.
    first = read_header(weights).figures["mae"]
    assert after.figures["mae"] == pytest.approx(first, rel=0.1, abs=0.5)


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"density_factor": 100.0}, "density_factor"),
        ({"options": {"output": "softplus"}, "density_factor": 1.0}, "output"),
    ],
)
def test_init_refuses_weights_that_mean_other_numbers(
    config: Config, facts: dict[str, object], name: str
) -> None:
    weights = str(catalogue.user_folder() / "teacher.safetensors")
    fitting = replace(config, init=weights, options={}, density_factor=1.0)
    make_student(fitting)
    with pytest.raises(UserError, match=f"its {name} is ") as caught:
        make_student(replace(fitting, **facts))  # type: ignore[arg-type]
    assert caught.value.code == "init-differs"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"alpha": 1.5, "teacher": "teacher"}, "setting-invalid"),
        ({"alpha": -0.1}, "setting-invalid"),
        ({"alpha": 0.1}, "teacher-missing"),
        ({"unlabelled": ["x"]}, "teacher-needed"),
    ],
)
def test_impossible_distillations(facts: dict[str, object], code: str) -> None:
    with pytest.raises(UserError) as caught:
        make_config({"network": "mcnn", **facts})
    assert caught.value.code == code


def test_a_teacher_that_does_not_fit_its_network(config: Config, tmp_path: Path) -> None:
    path = catalogue.user_folder() / "bad.safetensors"
    header = replace(
        read_header(catalogue.user_folder() / "teacher.safetensors"), network="m-sfanet"
    )
    from models.weights import save_weights

    save_weights(path, {"x": torch.zeros(1)}, header)
    with pytest.raises(UserError) as caught:
        run(replace(config, teacher="bad"), tmp_path / "run")
    assert caught.value.code in ("weights-mismatch", "setting-invalid")


def test_people_free_pictures_are_examples_of_nobody(config: Config, tmp_path: Path) -> None:
    folder = tmp_path / "empty places"
    folder.mkdir()
    for n in range(3):
        Image.new("RGB", (80, 80), (n * 40, 90, 90)).save(folder / f"{n}.png")
    events = run(
        replace(config, negatives=(str(folder),), negative_pictures=2, epochs=1), tmp_path / "run"
    )
    assert events[0]["pictures"] == 5


def test_a_teacher_that_is_none(config: Config, tmp_path: Path) -> None:
    """A checkpoint of another program, of another network, or of one that is not known here."""
    checkpoint = tmp_path / "foreign.pth"
    checkpoint.write_bytes(b"anything")
    own = catalogue.user_folder() / "teacher.safetensors"
    state, header = load_state(own), read_header(own)
    for network in ("m-sfanet", "resnet"):
        save_weights(tmp_path / f"{network}.safetensors", state, replace(header, network=network))
    for teacher, code in (
        (checkpoint, "weights-no-header"),
        (tmp_path / "m-sfanet.safetensors", "weights-mismatch"),
        (tmp_path / "resnet.safetensors", "setting-invalid"),
        (tmp_path / "missing.safetensors", "path-missing"),
    ):
        with pytest.raises(UserError) as caught:
            run(replace(config, teacher=str(teacher)), tmp_path / f"run-{teacher.stem}")
        assert caught.value.code == code, teacher
