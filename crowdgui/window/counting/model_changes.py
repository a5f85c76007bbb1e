"""What follows when the list of models, a name among them or the engine changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from crowdgui.window.counting.session import Session
from crowdgui.window.desk import Desk


class ModelChanges(QObject):
    """Tells the session; `asked` has what is to be counted anew, a Request or None.

    `outdated`: what counts in the background has begun with what no longer holds.
    """

    asked = Signal(object)
    outdated = Signal()

    def __init__(self, session: Session, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        desk.models_changed.connect(self._models_listed)
        desk.model_renamed.connect(self._model_renamed)
        desk.engine_changed.connect(self._engine_changed)

    def did_not_load(self) -> None:
        """Remember the model that the session went back to; count by it where nothing is shown."""
        session, refused = self._session, self._desk.settings.model
        self._desk.settings.model = session.model
        if session.result is None and session.model not in ("", refused):
            self.asked.emit(session.request_recount())

    @Slot()
    def _models_listed(self) -> None:
        found, session = self._desk.models, self._session
        if found is None:
            return
        first, before = session.models is None, session.model
        renewed = session.set_models(found, self._desk.settings.model)
        if before in renewed:
            self.outdated.emit()
        if before and session.model not in ("", before):
            self._tell_of_removed(before, session.model)
        request = None
        if first:
            request = session.request_current()
        elif session.model != before or before in renewed:
            request = session.request_recount()
        self.asked.emit(request)

    def _tell_of_removed(self, before: str, now: str) -> None:
        self._desk.notices.warn(
            lambda: self.tr("{before} is no longer installed; {now} counts from now on.").format(
                before=before, now=now
            )
        )

    @Slot(str, str)
    def _model_renamed(self, before: str, now: str) -> None:
        counts = self._session.model == before
        if counts:
            # What is being counted would come under the name that it was asked by.
            self.outdated.emit()
        self._session.rename_model(before, now)
        if counts:
            self.asked.emit(self._session.request_recount())

    @Slot()
    def _engine_changed(self) -> None:
        if self._session.set_engine(self._desk.engine):
            self.outdated.emit()
        if self._desk.models is not None:
            # What could not be opened before may be now: no file for int8, no such device.
            self._session.models = self._desk.models.choices
        self.asked.emit(self._session.request_recount())
