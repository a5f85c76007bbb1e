"""Zones: exact shares, sums, levels that do not flicker, files that are checked."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from crowdgui.live.levels import Level, LevelHold, ZoneWatch
from crowdgui.live.zones import Point, Zone, read_all_zones, read_zones, save_zones
from models.errors import UserError
from models.grid import Grid
from models.prediction import Prediction

SQUARE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def counted(density: NDArray[np.float32], width: int, height: int) -> Prediction:
    """Return what a network of stride 8 would give of a picture."""
    grid = Grid((width, height), (8, 8))
    return Prediction(float(density.sum()), density, 0.1, "m", "fake", "fp32", grid)


@settings(max_examples=60, deadline=None)
@given(
    across=st.floats(0.05, 0.95), down=st.floats(0.05, 0.95), seed=st.integers(0, 10_000),
    height=st.integers(1, 560), width=st.integers(1, 720),
)  # fmt: skip
def test_zones_that_divide_the_picture_sum_to_the_whole(
    across: float, down: float, seed: int, height: int, width: int
) -> None:
    middle = (across, down)
    corners = [*SQUARE, SQUARE[0]]
    zones = [Zone(f"part {n}", (a, b, middle)) for n, (a, b) in enumerate(pairwise(corners))]
    shape = -(-height // 8), -(-width // 8)
    density = np.random.default_rng(seed).exponential(0.1, shape).astype(np.float32)
    prediction = counted(density, width, height)
    total = sum(zone.count(prediction) for zone in zones)
    assert total == pytest.approx(float(density.sum(dtype=np.float64)), rel=1e-3)


def test_a_cell_counts_by_its_share() -> None:
    prediction = counted(np.full((4, 4), 2.0, np.float32), 32, 32)
    left = Zone("left", ((0, 0), (0.375, 0), (0.375, 1), (0, 1)))
    assert left.count(prediction) == pytest.approx(0.375 * 32)
    triangle = Zone("triangle", ((0, 0), (1, 0), (0, 1)))
    assert triangle.count(prediction) == pytest.approx(16)


@pytest.mark.parametrize(
    ("points", "code"),
    [
        (((0.1, 0.1), (0.9, 0.9)), "zone-points"),
        (((0.1, 0.1), (0.9, 0.9), (0.1, 0.1)), "zone-points"),
        (((0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)), "zone-crossing"),
        (((0.0, 0.0), (1.0, 0.0), (0.5, 0.0), (0.5, 1.0)), "zone-crossing"),
        (((0.1, 0.1), (0.5, 0.5), (0.9, 0.9)), "zone-crossing"),
        (((0.1, 0.1), (0.9, 0.1), (1.2, 0.9)), "zone-invalid"),
        (((0.1, 0.1), (0.9, 0.1), (float("nan"), 0.9)), "zone-invalid"),
    ],
)
def test_outlines_that_are_none(points: tuple[Point, ...], code: str) -> None:
    with pytest.raises(UserError) as caught:
        Zone("Gate", points)
    assert caught.value.code == code
    assert "Gate" in str(caught.value)


@pytest.mark.parametrize(
    "facts",
    [
        {"capacity": 0}, {"area_m2": -1}, {"limits": (0.8, 0.5, 1.0)}, {"hold_s": -1},
        {"hysteresis": 1.0}, {"alert_at": 7}, {"name": ""}, {"name": "count"}, {"name": "a\nb"},
    ],
)  # fmt: skip
def test_facts_that_cannot_be(facts: dict[str, object]) -> None:
    with pytest.raises(UserError) as caught:
        replace(Zone("Gate", SQUARE), **facts)  # type: ignore[arg-type]
    assert caught.value.code == "zone-invalid"


def test_a_level_needs_its_hold_time_and_leaves_below_its_limit() -> None:
    hold = LevelHold(Zone("Gate", SQUARE, capacity=100, hold_s=5, hysteresis=0.1))
    assert hold.update(10, 0) is Level.FREE
    assert hold.update(85, 1) is Level.FREE
    assert hold.update(40, 2) is Level.FREE
    assert hold.update(85, 3) is Level.FREE
    assert hold.update(85, 8) is Level.CROWDED
    # One instant above the highest limit is not five seconds of it.
    assert hold.update(120, 9) is Level.CROWDED
    assert not hold.alert
    # Between 72 and 80 it stays crowded, below 72 it leaves after the hold time.
    assert hold.update(75, 10) is Level.CROWDED
    assert hold.update(75, 60) is Level.CROWDED
    assert hold.update(60, 61) is Level.CROWDED
    assert hold.update(60, 66) is Level.MODERATE


def test_alerts_are_raised_and_ended_once() -> None:
    zone = Zone("Gate", SQUARE, area_m2=10, hold_s=2)
    assert zone.persons_at_capacity == 20
    watch = ZoneWatch([zone])
    turns = []
    for second in range(20):
        (reading,), turned = watch.read(full(40 if 3 <= second < 10 else 4), second)
        turns += [(second, turn.alert) for turn in turned]
        assert reading.per_m2 == pytest.approx(reading.count / 10)
    assert turns == [(5, True), (12, False)]


def full(count: float) -> Prediction:
    return counted(np.full((2, 2), count / 4, np.float32), 16, 16)


def turns_of(watch: ZoneWatch, count: float, now: float) -> list[tuple[str, bool]]:
    return [(turn.zone.name, turn.alert) for turn in watch.read(full(count), now)[1]]


def test_saved_zones_go_on_with_what_was_raised() -> None:
    gate, hall = (Zone(name, SQUARE, capacity=10, hold_s=2) for name in ("Gate", "Hall"))
    watch = ZoneWatch([gate, hall])
    assert turns_of(watch, 20, 0) == []
    # What is about to be raised is not put off by saving the same zones again.
    watch = ZoneWatch([gate, hall], watch)
    assert turns_of(watch, 20, 2) == [("Gate", True), ("Hall", True)]
    moved = replace(gate, points=SQUARE[:3], capacity=5)
    watch = ZoneWatch([moved], ZoneWatch([moved], watch))
    # The one that is gone is no longer too full; the other is not raised again.
    assert turns_of(watch, 20, 3) == [("Hall", False)]
    assert turns_of(watch, 20, 9) == []
    assert turns_of(watch, 1, 10) == []
    assert turns_of(watch, 1, 12) == [("Gate", False)]


def test_an_alert_ends_with_the_capacity_that_it_was_of() -> None:
    gate = Zone("Gate", SQUARE, capacity=10, hold_s=0)
    watch = ZoneWatch([gate])
    assert turns_of(watch, 20, 0) == [("Gate", True)]
    watch = ZoneWatch([replace(gate, capacity=None)], watch)
    assert turns_of(watch, 20, 1) == [("Gate", False)]


@pytest.mark.parametrize("facts", [None, {"capacity": None}, {"alert_at": 0}, {"capacity": 1e6}])
def test_an_end_says_whether_the_zone_is_still_watched(facts: dict[str, object] | None) -> None:
    gate = Zone("Gate", SQUARE, capacity=10, hold_s=0)
    watch = ZoneWatch([gate])
    assert [turn.watched for turn in watch.read(full(20), 0)[1]] == [True]
    zones = [] if facts is None else [replace(gate, **facts)]  # type: ignore[arg-type]
    (end,) = ZoneWatch(zones, watch).read(full(20), 1)[1]
    assert (end.alert, end.watched) == (False, facts == {"capacity": 1e6})


def test_a_hold_time_is_not_kept_across_missing_pictures() -> None:
    watch = ZoneWatch([Zone("Gate", SQUARE, capacity=10, hold_s=5)])
    assert turns_of(watch, 20, 0) == []
    watch.interrupt()
    assert turns_of(watch, 20, 60) == []
    assert turns_of(watch, 20, 65) == [("Gate", True)]
    watch.interrupt()
    assert turns_of(watch, 20, 90) == []


def test_a_zone_without_capacity_has_no_level() -> None:
    (reading,), _ = ZoneWatch([Zone("Gate", SQUARE)]).read(full(4), 0)
    assert reading.level is None
    assert not reading.alert


def test_zones_of_a_video_whose_name_is_no_text_are_kept(tmp_path: Path) -> None:
    path, gate = tmp_path / "zones.json", Zone("Gate", SQUARE)
    save_zones(path, "/v/caf\udce9.mp4", [gate])
    assert read_zones(path, "/v/caf\udce9.mp4") == (gate,)


def test_zones_of_a_video_are_found_by_either_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, gate = tmp_path / "zones.json", Zone("Gate", SQUARE)
    save_zones(path, str(tmp_path / "v.mp4"), [gate])
    monkeypatch.chdir(tmp_path)
    assert read_zones(path, "v.mp4") == read_zones(path, str(tmp_path / "v.mp4")) == (gate,)
    assert read_zones(path, "w.mp4") == ()


@pytest.mark.parametrize(
    ("drawn", "watched"),
    [
        ("rtsp://u@cam/s", "rtsp://u:${P}@cam/s"),
        ("rtsp://u:***@cam/s", "rtsp://u@cam/s"),
        ("rtsp://u:***@1.2.3.4/a@b", "rtsp://u:${P}@1.2.3.4/a@b"),
        ("camera:0?size=1280x720", "camera:0"),
        ("camera:0", "camera:0?fps=30"),
    ],
)
def test_zones_are_found_whatever_an_address_says_beside_its_place(
    tmp_path: Path, drawn: str, watched: str
) -> None:
    path, gate = tmp_path / "zones.json", Zone("Gate", SQUARE)
    save_zones(path, drawn, [gate])
    assert read_zones(path, watched) == (gate,)
    assert read_zones(path, "rtsp://v@cam/s") == ()


def test_zones_under_an_older_key_are_found_and_replaced(tmp_path: Path) -> None:
    path, old, new = tmp_path / "zones.json", Zone("Old", SQUARE), Zone("New", SQUARE)
    save_zones(path, "demo:", [old])
    path.write_text(path.read_text().replace('"demo:"', '"rtsp://u:***@cam/s"'))
    assert read_zones(path, "rtsp://u@cam/s") == (old,)
    save_zones(path, "rtsp://u:${P}@cam/s", [new])
    assert read_all_zones(path) == {"rtsp://u@cam/s": (new,)}


def test_zones_of_several_sources_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "구역.json"
    gate = Zone("정문", SQUARE, capacity=50, limits=(0.4, 0.6, 0.9))
    save_zones(path, "camera:0", [gate])
    save_zones(path, "*", [Zone("all", SQUARE)])
    assert read_zones(path, "camera:0") == (gate,)
    assert [zone.name for zone in read_zones(path, "demo:")] == ["all"]
    with pytest.raises(UserError, match="two zones have this name"):
        save_zones(path, "camera:0", [gate, gate])
    assert read_zones(path, "camera:0") == (gate,)
    # Whose zones were deleted does not get those for any source.
    save_zones(path, "camera:0", [])
    save_zones(path, "camera:1", [gate])
    assert read_zones(path, "camera:0") == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "zones-damaged"),
        ("[]", "zones-damaged"),
        ('{"version": 99, "sources": {}}', "zones-damaged"),
        ('{"version": 1, "sources": {"*": [{"name": "a"}]}}', "zones-damaged"),
        ('{"version": 1, "sources": {"*": [{"name": "a", "points": 3}]}}', "zones-damaged"),
        (json.dumps({"version": 1, "sources": {"*": [{"name": "a", "points": [[0, 0], [1, 1]]}]}}),
         "zone-points"),
        (json.dumps({"version": 1, "sources": {"*": [{"name": "a", "points": SQUARE, "x": 1}]}}),
         "zones-damaged"),
        (json.dumps({"version": 1, "sources": {"*": [
            {"name": "a", "points": SQUARE, "capacity": "many"}]}}), "zones-damaged"),
    ],
)  # fmt: skip
def test_files_that_are_none(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "zones.json"
    path.write_text(text)
    with pytest.raises(UserError) as caught:
        read_zones(path, "demo:")
    assert caught.value.code == code
