"""A short tour for who is here for the first time; it can be left at any step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crowdgui.window.pages import TRAINS
from crowdgui.window.theme import current_scheme
from models.errors import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow

WIDTH = 380
MARGIN = 18
GAP = 8


@dataclass(frozen=True)
class Step:
    """What is said, and of which part of the window; None: of the whole."""

    title: str
    text: str
    part: Callable[[Any], QWidget | None]


def _nothing(_window: Any) -> QWidget | None:
    return None


STEPS = (
    Step(
        QT_TRANSLATE_NOOP("Tour", "Welcome"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Here people in crowds are counted. A tour of four steps shows how, on a rendered"
            " scene. No picture leaves this computer.",
        ),
        _nothing,
    ),
    Step(
        QT_TRANSLATE_NOOP("Tour", "The count"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "The picture you choose is counted at once; {all} counts all. A count is an estimate;"
            " of this scene the true number is known and stands beside it.",
        ),
        lambda window: window.page.facts,
    ),
    Step(
        QT_TRANSLATE_NOOP("Tour", "The density map"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "The colours show where people were found; their sum is the count. Look at it before"
            " you rely on a number. {density} hides it.",
        ),
        lambda window: window.page.view,
    ),
    Step(
        QT_TRANSLATE_NOOP("Tour", "Your own pictures"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Open pictures or a folder here, or drop them anywhere. Draw a rectangle or a polygon"
            " to count inside it.",
        ),
        lambda window: window.toolbar,
    ),
    Step(
        QT_TRANSLATE_NOOP("Tour", "More"),
        QT_TRANSLATE_NOOP(
            "Tour",
            "Compare models, mark heads to measure their errors, count live, and train a model of"
            " your own: each has its page. The Help menu has this tour.",
        )
        if TRAINS
        else QT_TRANSLATE_NOOP(
            "Tour",
            "Compare models, mark heads to measure their errors, and count live: each has its"
            " page. The Help menu has this tour.",
        ),
        lambda window: window.rail,
    ),
)


class Frame(QWidget):
    """A frame around the part that is spoken of; clicks go through it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(current_scheme().accent), 3))
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 6, 6)


class Tour(QFrame):
    """Lies over the window's lower right corner; keys and clicks elsewhere work as ever."""

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self.number = window, 0
        self.setProperty("role", "notice")
        self.setAutoFillBackground(True)
        self.frame = Frame(window)
        self.title, self.text, self.place = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "panel-title")
        self.text.setWordWrap(True)
        self.place.setProperty("role", "muted")
        self.skip, self.next = QPushButton(), QPushButton()
        self.next.setProperty("role", "primary")
        self.skip.setProperty("role", "second")
        self.skip.clicked.connect(self.end)
        self.next.clicked.connect(self.go_on)
        row = QHBoxLayout()
        row.addWidget(self.place)
        row.addStretch()
        row.addWidget(self.skip)
        row.addWidget(self.next)
        self._column = layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        for part in (self.title, self.text):
            layout.addWidget(part)
        layout.addLayout(row)
        for watched in self._parts():
            watched.installEventFilter(self)
        # Panels appear with the picture.
        window.page.changed.connect(self._put)
        self.show_step()

    @Slot()
    def go_on(self) -> None:
        """Go to the next step; the first of them opens the demo scene."""
        if self.number == len(STEPS) - 1:
            self.end()
            return
        if self.number == 0:
            self._window.show_demo()
        self.number += 1
        self.show_step()

    @Slot()
    def end(self) -> None:
        for watched in self._parts():
            watched.removeEventFilter(self)
        self.frame.hide()
        self.hide()
        self.ended.emit()
        self.frame.deleteLater()
        self.deleteLater()

    def _parts(self) -> list[QWidget]:
        """Return what the tour follows when it changes its size: the window and its parts."""
        parts = (step.part(self._window) for step in STEPS)
        return [self._window, *(part for part in parts if part is not None)]

    def show_step(self) -> None:
        """Say the step in the language of now, and put everything in its place."""
        step, last = STEPS[self.number], self.number == len(STEPS) - 1
        self.title.setText(QCoreApplication.translate("Tour", step.title))
        text = QCoreApplication.translate("Tour", step.text)
        call = self._window.actions_.call_of
        self.text.setText(text.format(density=call("density"), all=call("count-all")))
        self.setAccessibleName(self.title.text())
        self.place.setText(f"{self.number} / {len(STEPS) - 1}" if self.number else "")
        self.skip.setText(self.tr("Skip"))
        self.skip.setVisible(not last)
        first = self.tr("Show me")
        self.next.setText(
            first if self.number == 0 else self.tr("Done") if last else self.tr("Next")
        )
        self._put()
        # A part that has just appeared has its size a moment later.
        QTimer.singleShot(50, self, self._put)

    @Slot()
    def _put(self) -> None:
        window = self._window
        self.setFixedWidth(WIDTH)
        self.setFixedHeight(self._column.heightForWidth(WIDTH))
        bottom = window.statusBar().y() - MARGIN
        self.move(window.width() - WIDTH - MARGIN, bottom - self.height())
        part = STEPS[self.number].part(window)
        seen = part is not None and part.isVisible()
        self.frame.setVisible(seen)
        if part is not None and seen:
            corner = part.mapTo(window, part.rect().topLeft())
            # The frame stands around the part, not on its text, and within the window, below
            # its menus.
            around = QRect(corner, part.size()).adjusted(-GAP, -GAP, GAP, GAP)
            below = window.rect().adjusted(0, window.menuBar().geometry().bottom(), 0, 0)
            self.frame.setGeometry(around.intersected(below))
            self.frame.raise_()
            # What is spoken of on the right is not to be covered.
            if (
                QRect(corner, part.size()).intersects(self.geometry())
                and part is not window.page.view
            ):
                self.move(corner.x() - WIDTH - MARGIN, self.y())
        self.show()
        self.raise_()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._put()
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.show_step()
        super().changeEvent(event)
