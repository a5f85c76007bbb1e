"""What follows when the file of the picture on the screen changes on disk."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from crowdgui.window.counting.list_model import entry_name
from crowdgui.window.counting.session import Session
from crowdgui.window.notifications import Notifications


class AlteredFile(QObject):
    """Says what became of it; `rewritten` has the path of one that is to be read anew."""

    rewritten = Signal(str)

    def __init__(self, session: Session, notices: Notifications, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._notices = session, notices

    @Slot(str, bool)
    def note(self, path: str, there: bool) -> None:
        """Have a file that has changed counted anew; what is shown of one that is gone stays."""
        shown = self._session.shown
        if shown is None or shown.source.path != path or shown is not self._session.current_entry:
            return
        name = entry_name(shown)
        if there:
            self.rewritten.emit(path)
            self._notices.warn(
                lambda: self.tr("{name} has changed on disk; it was read anew.").format(name=name)
            )
        else:
            self._notices.warn(
                lambda: self.tr("{name} is gone from the disk; it is shown as it was.").format(
                    name=name
                )
            )
