"""How many people are in each region of the picture on the screen."""

from __future__ import annotations

from crowdgui.window.viewing.regions import Region
from models.prediction import Prediction
from models.regions import Corner, count_in_polygon


class RegionCounts:
    """Counts again only what is not as it was: one region is dragged, the others stay."""

    def __init__(self) -> None:
        self._prediction: Prediction | None = None
        self._known: dict[tuple[Corner, ...], float] = {}

    def of(self, regions: list[Region], prediction: Prediction | None) -> list[float | None]:
        """Return the people in each region; None where there is no count yet."""
        if prediction is not self._prediction:
            self._prediction, self._known = prediction, {}
        if prediction is None:
            return [None] * len(regions)
        before, density, grid = self._known, prediction.density, prediction.grid
        places = [tuple(region.corners) for region in regions]
        # What is gone is forgotten: each step of a drag is another place.
        self._known = {
            place: before[place] if place in before else count_in_polygon(density, grid, place)
            for place in places
        }
        return [self._known[place] for place in places]
