"""Regions as a file, to have them again: a zones file, so that `watch --zones` takes it too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from crowdgui.window import dialogs
from crowdgui.window.background import Work
from crowdgui.window.viewing.regions import Region

if TYPE_CHECKING:
    from crowdgui.live.zones import Zone
    from crowdgui.window.main_window import MainWindow


class RegionFiles(QObject):
    """Saves the regions of the picture on the screen, and loads others in their place."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def ask_where_to_save(self) -> None:
        """Save the regions of the picture on the screen; another may be there by then."""
        session = self._window.page.session
        if session.picture is None:
            return
        size, regions = session.picture.size, list(session.regions)
        dialogs.ask_where_to_save(
            self._window, self.tr("Save regions"), self._window.settings.folder,
            [self.tr("Zones (*.json)")], "regions.json",
            lambda files: self.save(Path(files[0]), size, regions),
        )  # fmt: skip

    def ask_for_file(self) -> None:
        dialogs.ask_for_files(
            self._window, self.tr("Load regions"), self._window.settings.folder,
            [self.tr("Zones (*.json)")], lambda files: self.load(Path(files[0])), one=True,
        )  # fmt: skip

    def save(self, path: Path, size: tuple[int, int], regions: list[Region]) -> None:
        """Write them as shares of the picture, for any source: a camera's size may change."""
        from crowdgui.live.zones import ANY_SOURCE, Zone, save_zones

        width, height = size
        shares = [
            (region.name, tuple((x / width, y / height) for x, y in region.corners))
            for region in regions
        ]
        self._window.desk.save(
            path, lambda: save_zones(path, ANY_SOURCE, [Zone(*share) for share in shares])
        )

    def load(self, path: Path) -> None:
        """Put a file's regions in the place of those that are there; that can be undone."""
        picture = self._window.page.session.picture

        def steps(_work: Work) -> Iterator[tuple[Zone, ...]]:
            from crowdgui.live.zones import ANY_SOURCE, read_zones

            yield read_zones(path, ANY_SOURCE)

        def ended(error: Exception | None) -> None:
            if error is not None:
                self._window.notices.complain(error)

        def came(zones: tuple[Zone, ...]) -> None:
            # Not into another picture, where a person went on meanwhile.
            if self._window.page.session.picture is picture:
                self._zones_came(path, zones)

        self._window.desk.folders.start(Work(lambda: "", steps, came, ended, quiet=True))

    def _zones_came(self, path: Path, zones: tuple[Zone, ...]) -> None:
        session, view = self._window.page.session, self._window.page.view
        if session.picture is None:
            return
        if not zones:
            self._window.notices.warn(
                lambda: self.tr("There are no regions in {path}.").format(path=path)
            )
            return
        width, height = session.picture.size
        corners = [[(x * width, y * height) for x, y in zone.points] for zone in zones]
        session.regions[:] = [
            Region(zone.name, list(points), _is_rectangle(points))
            for zone, points in zip(zones, corners, strict=True)
        ]
        view.redraw_regions()
        view.regions_edited.emit()


def _is_rectangle(points: list[tuple[float, float]]) -> bool:
    across, down = zip(*points, strict=True)
    return len(points) == 4 and len(set(across)) == len(set(down)) == 2
