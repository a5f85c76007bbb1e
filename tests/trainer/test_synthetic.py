"""Rendered crowds: the same seed gives the same bytes, and the truth is what can be seen."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from models.errors import UserError
from small_disk import full_disk, needs_limits
from trainer import scenes, synthetic
from trainer.scenes import draw_scenes, training_scenes
from trainer.synthetic import DEMO_SEED, MovingScene, Scene, render_scene

SMALL = (320, 240)


@pytest.fixture(scope="module")
def demo() -> Scene:
    return render_scene(DEMO_SEED)


def test_same_seed_same_bytes() -> None:
    first, second = render_scene(7, SMALL), render_scene(7, SMALL)
    assert np.array_equal(first.picture, second.picture)
    assert np.array_equal(first.points, second.points)


def test_different_seeds_differ() -> None:
    assert not np.array_equal(render_scene(1, SMALL).picture, render_scene(2, SMALL).picture)


def test_picture_and_points_have_the_stated_form(demo: Scene) -> None:
    assert demo.picture.dtype == np.uint8
    assert demo.picture.shape == (768, 1024, 3)
    assert demo.points.dtype == np.float32
    assert demo.points.shape == (demo.count, 2)


@pytest.mark.parametrize("seed", range(12))
def test_every_point_is_inside(seed: int) -> None:
    points = render_scene(seed, SMALL).points
    assert (points >= 0).all()
    assert (points < SMALL).all()


def test_counts_spread_over_the_range() -> None:
    # A sixteenth of the area holds a sixteenth of 40 to 900 people.
    counts = [render_scene(seed, (256, 192)).count for seed in range(40)]
    assert min(counts) <= 5
    assert max(counts) >= 30
    assert len(set(counts)) > 12


def test_counted_heads_show_in_the_id_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    buffers = []
    judge = synthetic._visible_heads

    def watch(camera, people, ids):  # type: ignore[no-untyped-def]
        buffers.append((camera, people, ids.copy()))
        return judge(camera, people, ids)

    monkeypatch.setattr(synthetic, "_visible_heads", watch)
    scene = render_scene(4, (512, 384))
    camera, people, ids = buffers[0]
    counted = {tuple(point) for point in scene.points}
    for person in people:
        x, row, scale = camera.project(person.x, person.z)
        right, above = person.sprite.head_centre
        centre = np.array([x + right * scale, row - above * scale], np.float32)
        share = (ids == person.number).sum() / (person.sprite.head_area * scale**2)
        if tuple(centre) in counted:
            rows, columns = np.nonzero(ids == person.number)
            nearest = np.hypot(columns - centre[0], rows - centre[1]).min()
            assert share >= 0.3
            assert nearest <= 0.16 * scale
        else:
            outside = not (0 <= centre[0] < 512 and 0 <= centre[1] < 384)
            assert outside or share < 0.3
    assert 0 < scene.count < len(people)


def test_someone_wholly_covered_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = render_scene(5, SMALL).count

    def all_covered(camera, people, ids):  # type: ignore[no-untyped-def]
        return synthetic_rule(camera, people, np.zeros_like(ids))

    synthetic_rule = synthetic._visible_heads
    monkeypatch.setattr(synthetic, "_visible_heads", all_covered)
    assert seen > 0
    assert render_scene(5, SMALL).count == 0


def test_heads_look_unlike_the_empty_place(demo: Scene) -> None:
    grey = cv2.cvtColor(demo.picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    detail = np.abs(cv2.Laplacian(cv2.blur(grey, (3, 3)), cv2.CV_32F))
    near = cv2.blur(detail, (15, 15))
    columns, rows = demo.points.astype(int).T
    assert near[rows, columns].mean() > 1.2 * near.mean()


def test_a_frame_depends_on_its_time_alone() -> None:
    first = MovingScene(3, SMALL, people=12)
    second = MovingScene(3, SMALL, people=12)
    second.frame(5.0)
    assert np.array_equal(first.frame(1.5).picture, second.frame(1.5).picture)
    assert np.array_equal(first.frame(1.5).points, second.frame(1.5).points)
    assert not np.array_equal(first.frame(1.5).picture, first.frame(2.5).picture)


def test_people_move_smoothly() -> None:
    scene = MovingScene(3, (640, 360), people=40)
    for t in np.arange(0.0, 4.0, 0.5):
        before, after = scene.frame(t).points, scene.frame(t + 0.04).points
        apart = np.linalg.norm(before[:, None] - after[None], axis=2)
        assert np.mean(np.sort(apart.min(axis=1))[: max(1, len(before) - 2)]) < 6


def test_people_stay_in_the_picture() -> None:
    scene = MovingScene(3, (640, 360), people=40)
    counts = [scene.frame(t).count for t in (0.0, 5.0, 20.0, 60.0, 300.0)]
    assert min(counts) >= 0.6 * max(counts)
    assert max(counts) >= 20


@needs_limits
def test_a_full_disk_is_one_sentence(tmp_path: Path) -> None:
    with full_disk(), pytest.raises(UserError, match="cannot be written"):
        list(draw_scenes(tmp_path, 1))
    assert list(tmp_path.iterdir()) == []


def test_the_set_that_anyone_can_draw_is_none_that_models_were_trained_on(tmp_path: Path) -> None:
    drawn = {example.name for example in draw_scenes(tmp_path / "set", 2)}
    trained = {example.name for example in training_scenes(tmp_path / "run", 2)}
    assert len(drawn) == len(trained) == 2
    assert not drawn & trained


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("scene_20000.jpg", None), ("scene_20000.jpg", ""),
        ("scene_20000.json", ""), ("scene_20000.json", "[[1, 2"),
    ],
)  # fmt: skip
def test_a_scene_that_is_not_whole_is_drawn_again(
    tmp_path: Path, name: str, content: str | None
) -> None:
    (first,) = draw_scenes(tmp_path, 1)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_text(content)
    (again,) = draw_scenes(tmp_path, 1)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert np.array_equal(again.heads, first.heads)
    # What is whole stays, as its owner may have changed it.
    (tmp_path / "scene_20000.json").write_text("[[1, 2]]")
    assert [example.heads.tolist() for example in draw_scenes(tmp_path, 1)] == [[[1, 2]]]


@pytest.mark.parametrize(
    "files",
    [
        {"scene_20000.jpg": "a photograph"},
        *[
            {"scene_20000.jpg": "a photograph", "scene_20000.json": text}
            for text in ("{}", '{"shapes": []}', "[1]", "[[1, null]]", '"a word"', "3")
        ],
        {"scene_20000.json": '{"shapes": []}'},
    ],
)
def test_what_others_have_put_in_a_scenes_place_stays(
    tmp_path: Path, files: dict[str, str]
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    with pytest.raises(UserError, match=r"scene_20000\.json stands|scene_20000\.jpg stands"):
        list(draw_scenes(tmp_path, 1))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == files


@needs_limits
def test_a_full_disk_leaves_no_truth_without_its_picture(tmp_path: Path) -> None:
    # There is room for the truth, and not for the picture.
    with full_disk(20_000), pytest.raises(UserError, match=r"scene_20000\.jpg cannot be written"):
        list(draw_scenes(tmp_path, 1))
    assert list(tmp_path.iterdir()) == []


def test_a_scene_that_was_cut_between_its_files_is_drawn_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_words: object) -> None:
        saved.append({path.name for path in tmp_path.iterdir()})
        raise KeyboardInterrupt

    saved: list[set[str]] = []
    with monkeypatch.context() as patch:
        patch.setattr(scenes, "save_picture", killed)
        with pytest.raises(KeyboardInterrupt):
            list(draw_scenes(tmp_path, 1))
    # A kill there leaves what is known as a scene's.
    assert saved == [{"scene_20000.json"}]
    assert len(list(draw_scenes(tmp_path, 1))) == 1
