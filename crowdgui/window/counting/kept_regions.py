"""Regions by the folder and the size of their pictures, as text too, to have them again."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import Any

from crowdgui.window.viewing.regions import FEWEST, Region

MOST_FOLDERS = 200
VERSION = 1


@dataclass(frozen=True)
class Place:
    """Pictures that share their regions: of one size (W, H), in one folder.

    Such pictures are often of one camera. What is no file has no folder: "".
    """

    folder: str
    size: tuple[int, int]


class KeptRegions:
    """The regions of every place; what is of a folder outlasts its pictures."""

    def __init__(self) -> None:
        # In the order of their use, the last one last.
        self._regions: dict[Place, list[Region]] = {}

    def of(self, place: Place) -> list[Region]:
        """Return a place's regions; the list may be changed."""
        return self._regions.setdefault(place, [])

    def use(self, folder: str) -> None:
        """Note that pictures of a folder are looked at: it is forgotten last."""
        for place in [place for place in self._regions if place.folder == folder]:
            self._regions[place] = self._regions.pop(place)

    def close(self) -> None:
        """Forget what has no folder, with its pictures."""
        self._regions = {place: found for place, found in self._kept() if found}

    def clear(self) -> None:
        """Forget everything."""
        self._regions.clear()

    def text(self) -> str:
        """Return the regions of the folders used last, as JSON."""
        kept = [(place, regions) for place, regions in self._kept() if regions]
        folders = list(dict.fromkeys(place.folder for place, _regions in reversed(kept)))
        latest = frozenset(folders[:MOST_FOLDERS])
        places = [_facts(place, regions) for place, regions in kept if place.folder in latest]
        return json.dumps({"version": VERSION, "places": places})

    def read(self, text: str) -> None:
        """Take the regions that a text tells of; ValueError where it is of another kind or newer.

        A place that is wrong in itself is left out.
        """
        facts = json.loads(text)
        if not isinstance(facts, dict) or not isinstance(facts.get("places"), list):
            raise ValueError("no list of places")
        if facts.get("version") != VERSION:
            raise ValueError("of another version")
        for one in facts["places"]:
            try:
                place, regions = _place(one)
            except (KeyError, TypeError, ValueError, OverflowError):
                continue
            self._regions[place] = regions

    def _kept(self) -> list[tuple[Place, list[Region]]]:
        return [(place, regions) for place, regions in self._regions.items() if place.folder]


def _facts(place: Place, regions: list[Region]) -> dict[str, Any]:
    return {
        "folder": place.folder,
        "size": place.size,
        "regions": [
            {"name": one.name, "corners": one.corners, "rectangle": one.rectangle}
            for one in regions
        ],
    }


def _place(facts: Any) -> tuple[Place, list[Region]]:
    width, height = facts["size"]
    place = Place(_text(facts["folder"]), (int(width), int(height)))
    return place, [_region(one) for one in facts["regions"]]


def _region(facts: Any) -> Region:
    corners = [(float(x), float(y)) for x, y in facts["corners"]]
    rectangle = facts["rectangle"] is True
    if not all(math.isfinite(at) for corner in corners for at in corner):
        raise ValueError("a corner that is nowhere")
    if len(corners) < FEWEST or (rectangle and len(corners) != 4):
        raise ValueError("too few corners")
    return Region(_text(facts["name"]), corners, rectangle)


def _text(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("no text")
    return value
