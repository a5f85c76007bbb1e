"""What was done to the regions, undone and done again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoGroup, QUndoStack

from crowdgui.window.counting.kept_regions import Place
from crowdgui.window.viewing.picture_view import PictureView
from crowdgui.window.viewing.regions import Region

MOST_STEPS = 200
Snapshot = tuple[tuple[str, tuple[tuple[float, float], ...], bool], ...]


def _snapshot(regions: list[Region]) -> Snapshot:
    return tuple((r.name, tuple(r.corners), r.rectangle) for r in regions)


class RegionsChange(QUndoCommand):
    """From one state of the regions to another; it has happened when it is pushed."""

    def __init__(
        self, before: Snapshot, after: Snapshot, restore: Callable[[Snapshot], None]
    ) -> None:
        super().__init__()
        self._before, self._after, self._restore = before, after, restore
        self._happened = True

    def undo(self) -> None:
        self._restore(self._before)
        self._happened = False

    def redo(self) -> None:
        if not self._happened:
            self._restore(self._after)


class RegionHistory(QObject):
    """Follows what a view does to the regions; pictures of another place have another history."""

    changed = Signal()

    def __init__(self, view: PictureView) -> None:
        super().__init__(view)
        self._view = view
        self._regions: list[Region] = []
        self._known: Snapshot = ()
        self._group = QUndoGroup(self)
        self._stacks: dict[Place, QUndoStack] = {}
        self._group.canUndoChanged.connect(self.changed)
        self._group.canRedoChanged.connect(self.changed)
        view.regions_edited.connect(self.note)

    def follow(self, place: Place, regions: list[Region]) -> None:
        """Go on with the regions of this place; the list is what the view changes."""
        self._regions, self._known = regions, _snapshot(regions)
        if place not in self._stacks:
            self._stacks[place] = QUndoStack(self._group)
            self._stacks[place].setUndoLimit(MOST_STEPS)
        self._group.setActiveStack(self._stacks[place])

    def forget(self) -> None:
        """Begin anew: the regions are gone with their pictures."""
        for stack in self._stacks.values():
            self._group.removeStack(stack)
            stack.deleteLater()
        self._stacks.clear()
        self._regions, self._known = [], ()

    @Slot()
    def note(self) -> None:
        """Keep what has been done since the last time."""
        now, stack = _snapshot(self._regions), self._group.activeStack()
        if now != self._known and stack is not None:
            before, self._known = self._known, now
            stack.push(RegionsChange(before, now, self._restore))

    def can_undo(self) -> bool:
        return self._group.canUndo()

    def can_redo(self) -> bool:
        return self._group.canRedo()

    def undo(self) -> None:
        """Take back the last corner of a polygon being drawn, else the last change."""
        if not self._view.tool.take_back():
            self._group.undo()

    def redo(self) -> None:
        self._group.redo()

    def _restore(self, wanted: Snapshot) -> None:
        self._known = wanted
        self._regions[:] = [Region(name, list(corners), rect) for name, corners, rect in wanted]
        self._view.redraw_regions()
