"""Zones: polygons on the picture, and the people inside each."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crowdgui.live.cameras import PREFIX
from crowdgui.live.credentials import mask, without_password
from crowdgui.printable import printable
from models.errors import UserError
from models.files import write_text
from models.grid import Grid
from models.prediction import Prediction
from models.reasons import Reason
from models.regions import coverage

Point = tuple[float, float]

FORMAT = 1
ANY_SOURCE = "*"
# Names that the columns of a log have already.
RESERVED = ("time", "source", "state", "frames", "count", "delay_ms")
# Shares of the capacity from which a zone is moderate, crowded, very crowded.
LIMITS = (0.5, 0.8, 1.0)
# Without a capacity, a floor area is taken for this many persons per square metre. It is a start
# for people who stand; whoever is responsible for a place sets its capacity.
PERSONS_PER_M2 = 2.0


@dataclass(frozen=True)
class Zone:
    """A named polygon; points are (x, y) as shares of the picture's width and height, 0 to 1.

    `capacity` in persons and `area_m2` in square metres are optional; `limits` are the shares of
    the capacity at which the levels moderate, crowded and very crowded begin. A level must last
    for `hold_s` seconds before it is taken, and is left only when the count is `hysteresis` (a
    share) below its limit. An alert is raised from level `alert_at` on (1 moderate to 3 very
    crowded; 0: never).
    """

    name: str
    points: tuple[Point, ...]
    capacity: float | None = None
    area_m2: float | None = None
    limits: tuple[float, float, float] = LIMITS
    hysteresis: float = 0.1
    hold_s: float = 5.0
    alert_at: int = 3

    def __post_init__(self) -> None:
        """Raise UserError zone-points, zone-crossing or zone-invalid."""
        _check_points(self.name, self.points)
        _check_facts(self)

    @property
    def persons_at_capacity(self) -> float | None:
        """The count that its limits are shares of; None for a zone without levels."""
        if self.capacity is not None:
            return self.capacity
        return None if self.area_m2 is None else self.area_m2 * PERSONS_PER_M2

    @property
    def raises_alerts(self) -> bool:
        return bool(self.alert_at) and self.persons_at_capacity is not None

    def count(self, prediction: Prediction) -> float:
        """Return the people inside: each cell by the share of it that the zone covers.

        Zones that divide the picture among them sum to the whole count.
        """
        density, grid = prediction.density, prediction.grid
        share = _coverage(self.points, (density.shape[0], density.shape[1]), grid)
        return float((share * density).sum(dtype=np.float64))


def zone_key(source: str) -> str:
    """Return what a source's zones are kept under: its address without what may differ.

    The password stands in a keyring, a variable or nowhere, and a camera is asked for another
    size: what it sees stays the same.
    """
    if source.startswith(PREFIX):
        return source.partition("?")[0].strip()
    return printable(without_password(mask(source)))


def read_zones(path: Path, source: str) -> tuple[Zone, ...]:
    """Return the zones of a source, or else those for any source ("*").

    A video file goes by its whole path too, as the window names it. Older files name sources
    with their masked passwords and wishes.
    Raises UserError path-missing, path-unreadable, zones-damaged, zone-points, zone-crossing or
    zone-invalid.
    """
    sources, key = read_all_zones(path), zone_key(source)
    older = (name for name in sources if zone_key(name) == key)
    names = (key, *older, printable(str(Path(source).absolute())), ANY_SOURCE)
    return next((sources[name] for name in names if name in sources), ())


def read_all_zones(path: Path) -> dict[str, tuple[Zone, ...]]:
    """Return the zones of every source in a file; errors as read_zones."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise UserError("path-missing", path=path) from error
    except OSError as error:
        raise UserError("path-unreadable", path=path, reason=error.strerror or error) from error
    except ValueError as error:
        raise UserError("zones-damaged", path=path, reason=Reason("no-text")) from error
    try:
        facts = json.loads(text)
        if facts["version"] > FORMAT:
            raise UserError("zones-damaged", path=path, reason=Reason("newer"))
        sources = {str(name): _read_list(listed) for name, listed in facts["sources"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError("zones-damaged", path=path, reason=repr(error)) from error
    return sources


def save_zones(path: Path, source: str, zones: Sequence[Zone]) -> None:
    """Put a source's zones into the file and leave those of the others as they are.

    Raises UserError as read_zones, zone-invalid for two of one name, and path-unwritable.
    """
    check_names(zones)
    sources, key = read_all_zones(path) if path.exists() else {}, zone_key(source)
    sources = {name: theirs for name, theirs in sources.items() if zone_key(name) != key}
    sources[key] = tuple(zones)
    # A source that shall have none would get those for any source.
    kept = {name: these for name, these in sources.items() if these or ANY_SOURCE in sources}
    listed = {name: [asdict(zone) for zone in these] for name, these in kept.items()}
    facts = {"version": FORMAT, "sources": listed}
    write_text(path, json.dumps(facts, ensure_ascii=False, indent=1))


def check_names(zones: Sequence[Zone]) -> None:
    """Raise UserError zone-invalid where two zones have one name."""
    names = [zone.name for zone in zones]
    for name in names:
        if names.count(name) > 1:
            raise UserError("zone-invalid", zone=name, reason=Reason("zone-names"))


@lru_cache(maxsize=256)
def _coverage(points: tuple[Point, ...], shape: tuple[int, int], grid: Grid) -> NDArray[np.float64]:
    """Return the share of each cell that a zone covers; read only, since it is kept."""
    width, height = grid.size
    share = coverage([(x * width, y * height) for x, y in points], shape, grid)
    share.setflags(write=False)
    return share


def _read_list(listed: list[dict[str, Any]]) -> tuple[Zone, ...]:
    zones = []
    for facts in listed:
        points = tuple((float(x), float(y)) for x, y in facts["points"])
        zone = {**facts, "points": points}
        if "limits" in zone:
            zone["limits"] = tuple(zone["limits"])
        zones.append(Zone(**zone))
    check_names(zones)
    return tuple(zones)


def _check_points(name: str, points: tuple[Point, ...]) -> None:
    if len(set(points)) < 3:
        raise UserError("zone-points", zone=name, number=len(set(points)))
    if not all(math.isfinite(value) and 0 <= value <= 1 for point in points for value in point):
        raise UserError("zone-invalid", zone=name, reason=Reason("zone-outside"))
    edges = list(zip(points, (*points[1:], points[0]), strict=True))
    for (i, one), (j, other) in combinations(enumerate(edges), 2):
        neighbours = j - i == 1 or (i == 0 and j == len(edges) - 1)
        if _cross(one, other, neighbours):
            raise UserError("zone-crossing", zone=name)
    twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in edges)
    if abs(twice) < 1e-9:
        raise UserError("zone-invalid", zone=name, reason=Reason("zone-flat"))


def _cross(one: tuple[Point, Point], other: tuple[Point, Point], neighbours: bool) -> bool:
    """Whether two edges meet elsewhere than neighbours do, at their common corner."""
    (a, b), (c, d) = one, other
    sides = (_side(a, b, c), _side(a, b, d), _side(c, d, a), _side(c, d, b))
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    touching = [
        point
        for side, point, (low, high) in zip(
            sides, (c, d, a, b), (one, one, other, other), strict=True
        )
        if side == 0 and _between(low, high, point)
    ]
    return len(set(touching)) > (1 if neighbours else 0)


def _side(a: Point, b: Point, point: Point) -> float:
    """Return on which side of the line from a to b a point lies: positive, negative, or 0 on it."""
    turn = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    return 0.0 if abs(turn) < 1e-12 else turn


def _between(low: Point, high: Point, point: Point) -> bool:
    """Whether a point on the line of two others lies between them."""
    return all(
        min(low[axis], high[axis]) <= point[axis] <= max(low[axis], high[axis]) for axis in (0, 1)
    )


def _check_facts(zone: Zone) -> None:
    checks = {
        "zone-name": 0 < len(zone.name.strip()) <= 80,
        "zone-column": zone.name not in RESERVED,
        "zone-break": zone.name.isprintable(),
        "zone-capacity": zone.capacity is None or 0 < zone.capacity < math.inf,
        "zone-area": zone.area_m2 is None or 0 < zone.area_m2 < math.inf,
        "zone-limits": len(zone.limits) == 3
        and 0 < zone.limits[0] < zone.limits[1] < zone.limits[2] < math.inf,
        "zone-hysteresis": 0 <= zone.hysteresis <= 0.9,
        "zone-hold": 0 <= zone.hold_s < math.inf,
        "zone-alert": zone.alert_at in (0, 1, 2, 3),
    }
    for code, holds in checks.items():
        if not holds:
            raise UserError("zone-invalid", zone=zone.name, reason=Reason(code))
