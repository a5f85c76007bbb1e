"""Messages inside the window: a bar each, never a dialog that stops the work."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowdgui.log_file import log
from crowdgui.window.crashes import report_of
from crowdgui.window.language import Translated, say
from crowdgui.window.theme import current_scheme, draw_icon, make_icon
from models.errors import UserError

MOST = 3
# About five messages; what is more is scrolled, or the window would outgrow the screen.
MOST_PX = 250
LOG_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
INFO_STAYS_MS = 6000
# What stays may tell a time, which needs its date from midnight on.
SAID_AGAIN_MS = 60_000
Action = tuple[Callable[[], str], Callable[[], object]]


@dataclass(frozen=True)
class Notice:
    """What is to be said. `text` is a function, so that it can be said again in another language.

    An `action` is a button's text and what it does; the message closes then, unless it lasts.
    `dismissed` is called when a person closes it.
    `severity`: "info" goes away by itself, unless it has an action; all others stay until they are
    closed.
    `error` is what the message tells of, where that may be over before anybody closes it.
    `subject` is what the message is about, where a newer one about it takes its place.
    What `lasts` is true until something ends it, and is never closed to make room.
    """

    severity: str
    text: Callable[[], str]
    details: str = ""
    action: Action | None = None
    dismissed: Callable[[], object] | None = None
    error: UserError | None = None
    subject: object = None
    lasts: bool = False

    @property
    def weight(self) -> tuple[bool, bool, bool]:
        """Of two messages the lighter one is closed first."""
        is_error = self.severity == "error"
        return is_error, self.subject is not None, self.severity == "warning"


class NoticeBar(Translated, QFrame):
    """One message with its icon, its text and a way to close it."""

    closed = Signal()

    def __init__(self, notice: Notice, parent: QWidget) -> None:
        super().__init__(parent)
        self.notice = notice
        self.setProperty("role", "alarm" if notice.lasts else "notice")
        self.icon = QLabel(self)
        self.label = QLabel(self)
        # A file name is text, whatever tags it may hold.
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        self.label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.details_button = QPushButton(self)
        self.details_button.setVisible(bool(notice.details))
        self.details_button.clicked.connect(self._copy_details)
        self.action_button = QPushButton(self)
        self.action_button.setVisible(notice.action is not None)
        if notice.action is None:
            self.action_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.action_button.clicked.connect(self._act)
        self.close_button = QToolButton(self)
        self.close_button.setAutoRaise(True)
        self.close_button.clicked.connect(self._dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(10)
        layout.addWidget(self.icon)
        layout.addWidget(self.label, 1)
        layout.addWidget(self.details_button)
        layout.addWidget(self.action_button)
        layout.addWidget(self.close_button)
        if notice.severity == "info" and notice.action is None:
            QTimer.singleShot(INFO_STAYS_MS, self, self.close_notice)
        else:
            again = QTimer(self, interval=SAID_AGAIN_MS)
            again.timeout.connect(self.retranslate)
            again.start()
        self.retranslate()
        self.repaint_icons()

    def retranslate(self) -> None:
        # A long path breaks only where it may: after each separator.
        text = self.notice.text()
        self.label.setText(text.replace("/", "/\u200b").replace("\\", "\\\u200b"))
        self.setAccessibleName(text)
        self.details_button.setText(self.tr("Copy details"))
        if self.notice.action is not None:
            self.action_button.setText(self.notice.action[0]())
        self.close_button.setToolTip(self.tr("Close this message"))
        self.close_button.setAccessibleName(self.tr("Close this message"))

    def repaint_icons(self) -> None:
        scheme = current_scheme()
        ratio = self.devicePixelRatioF()
        colour = getattr(scheme, self.notice.severity)
        pixmap = draw_icon(self.notice.severity, colour, round(20 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        self.icon.setPixmap(pixmap)
        self.close_button.setIcon(make_icon("close", scheme.text))
        self.close_button.setIconSize(QSize(16, 16))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "close_button"):
            self.repaint_icons()
        super().changeEvent(event)

    @Slot()
    def close_notice(self) -> None:
        self.hide()
        self.closed.emit()
        self.deleteLater()

    @Slot()
    def _dismiss(self) -> None:
        self.close_notice()
        if self.notice.dismissed is not None:
            self.notice.dismissed()

    @Slot()
    def _act(self) -> None:
        if self.notice.action is not None:
            if not self.notice.lasts:
                self.close_notice()
            self.notice.action[1]()

    @Slot()
    def _copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self.notice.details)


class Notifications(QScrollArea):
    """The messages, the newest on top; at most a few beside what lasts, the log keeps them all."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self._inner = QWidget()
        self._layout = QVBoxLayout(self._inner)
        self._layout.setContentsMargins(8, 8, 8, 8)
        self._layout.setSpacing(6)
        self.setWidget(self._inner)
        self.hide()

    def bars(self) -> list[NoticeBar]:
        """Return the messages on the screen, the newest first."""
        # Not by the layout's items: PySide keeps those that it once gave out after Qt has deleted
        # them, takes the next object at the same address for one, and the program ends.
        found = self._inner.children()
        own = [bar for bar in found if isinstance(bar, NoticeBar) and not bar.isHidden()]
        return sorted(own, key=self._layout.indexOf)

    def show_notice(self, notice: Notice) -> None:
        """Show a message; one that is on the screen already is not said twice."""
        text = notice.text()
        log.log(LOG_LEVELS[notice.severity], "Said: %s", text)
        for bar in self.bars():
            if notice.subject is None:
                same = bar.notice.text() == text
            else:
                same = bar.notice.subject == notice.subject
            if same:
                bar.close_notice()
        if not notice.lasts:
            self._make_room()
        bar = NoticeBar(notice, self._inner)
        bar.closed.connect(self._hide_when_empty)
        self._layout.insertWidget(0, bar)
        bar.show()
        self.show()

    def _make_room(self) -> None:
        """Close what is one too many, the oldest of the lightest first."""
        bars = [bar for bar in self.bars() if not bar.notice.lasts]
        for bar in sorted(bars, key=lambda bar: bar.notice.weight, reverse=True)[MOST - 1 :]:
            bar.close_notice()

    @Slot()
    def _hide_when_empty(self) -> None:
        self.setVisible(bool(self.bars()))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return min(self._layout.totalHeightForWidth(width), MOST_PX)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of the messages' heights from what holds them, as every scroll area does."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def inform(self, text: Callable[[], str]) -> None:
        self.show_notice(Notice("info", text))

    def warn(self, text: Callable[[], str]) -> None:
        self.show_notice(Notice("warning", text))

    def withdraw(self, is_over: Callable[[UserError], bool]) -> None:
        """Close the messages of errors that are over."""
        for bar in self.bars():
            if bar.notice.error is not None and is_over(bar.notice.error):
                bar.close_notice()

    def close_about(self, subject: object) -> None:
        """Close the message about a subject: it is over."""
        for bar in self.bars():
            if bar.notice.subject == subject:
                bar.close_notice()

    def complain_of_all(self, errors: Sequence[BaseException]) -> None:
        """Show each of a few; of many the first, and how many more the log names."""
        shown = errors if len(errors) <= MOST else errors[: MOST - 1]
        for error in errors[len(shown) :]:
            log.warning("Not shown: %s", say(error) if isinstance(error, UserError) else error)
        for error in shown:
            self.complain(error)
        if left := len(errors) - len(shown):
            self.warn(
                lambda: self.tr("More problems are in the log: {number}.").format(number=left)
            )

    @Slot(object)
    def complain(self, error: BaseException) -> None:
        """Show what a person can put right as a sentence, and anything else as our mistake.

        A slot of this thread: exceptions of other threads come here by a signal.
        """
        if isinstance(error, UserError):
            self.show_notice(Notice("error", lambda: say(error), error=error))
            return
        details = report_of(error)
        name = type(error).__name__
        self.show_notice(
            Notice(
                "error",
                lambda: self.tr("Something went wrong ({name}).").format(name=name),
                details,
            )
        )
