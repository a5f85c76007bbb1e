"""Play, pause, seek and speed of a video file."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolButton,
)

from crowdgui.durations import place
from crowdgui.live.videos import SPEEDS, VideoFeed
from crowdgui.window.language import Translated
from crowdgui.window.theme import current_scheme, make_icon

CHOICES = (0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
assert (CHOICES[0], CHOICES[-1]) == SPEEDS
STEP_MS, PAGE_MS = 5_000, 30_000
# So long the handle waits for the picture of the place that was gone to.
PATIENCE_S, NEAR_S = 3.0, 1.0


class SeekSlider(QSlider):
    """A slider in milliseconds whose groove, when pressed, is gone to at once."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setSingleStep(STEP_MS)
        self.setPageStep(PAGE_MS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderPosition(self._value_at(event.position().x()))
        # The handle lies under the cursor now, so Qt begins a drag.
        super().mousePressEvent(event)

    def _value_at(self, x: float) -> int:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        control = QStyle.ComplexControl.CC_Slider
        parts, style = QStyle.SubControl, self.style()
        groove = style.subControlRect(control, option, parts.SC_SliderGroove, self)
        handle = style.subControlRect(control, option, parts.SC_SliderHandle, self)
        room = groove.width() - handle.width()
        at = round(x) - groove.x() - handle.width() // 2
        return QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), at, room)


class PlaybackBar(Translated, QFrame):
    """Takes a person's wishes to a video's playback; hidden where there is no video.

    Show it a source's feed with `show_feed`, and the place of the picture on the screen with
    `show_position`, as often as that is drawn. `again` asks to open a video anew that has ended.
    """

    again = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._feed: VideoFeed | None = None
        self._ended = self._drawn = False
        self._sought: tuple[float, float] | None = None
        self.play_button = QToolButton()
        self.play_button.setAutoRaise(True)
        self.play_button.setIconSize(QSize(20, 20))
        self.slider = SeekSlider()
        self.time = QLabel()
        self.speed_label, self.speed = QLabel(), QComboBox()
        for choice in CHOICES:
            self.speed.addItem(f"{choice:g} ×", choice)
        self.speed_label.setBuddy(self.speed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(10)
        row.addWidget(self.play_button)
        row.addWidget(self.slider, 1)
        for part in (self.time, self.speed_label, self.speed):
            row.addWidget(part)
        self.play_button.clicked.connect(self.play_or_pause)
        self.slider.valueChanged.connect(self._slider_moved)
        self.speed.activated.connect(self._speed_chosen)
        self.hide()
        self.retranslate()

    @property
    def feed(self) -> VideoFeed | None:
        return self._feed

    def show_feed(self, feed: object) -> None:
        """Control this video; anything that is no video file hides the bar."""
        self._feed = feed if isinstance(feed, VideoFeed) else None
        self._ended, self._sought = False, None
        self.setVisible(self._feed is not None)
        if self._feed is None:
            return
        # A file that does not know its length can be played, but there is nowhere to go to.
        length = round(self._feed.facts.seconds * 1000)
        self.slider.blockSignals(True)
        self.slider.setRange(0, length)
        self.slider.setValue(0)
        self.slider.blockSignals(False)
        self.slider.setEnabled(length > 0)
        self.speed.setCurrentIndex(self.speed.findData(self._feed.playback.speed))
        self._draw()

    def show_position(self, seconds: float | None, *, ended: bool = False) -> None:
        """Draw the place of the picture that is shown; a handle in a person's hand stays."""
        if self._feed is None:
            return
        self._ended = ended
        if self._plays() != self._drawn:
            # Others than this bar begin it anew, too.
            self._draw()
        if seconds is not None and not self.slider.isSliderDown() and self._has_come(seconds):
            self.slider.blockSignals(True)
            self.slider.setValue(round(seconds * 1000))
            self.slider.blockSignals(False)
        self._say_time()

    def _has_come(self, seconds: float) -> bool:
        """Whether a place is what a person asked for; after a while it is what there is."""
        if self._sought is not None:
            target, since = self._sought
            if abs(seconds - target) > NEAR_S and monotonic() - since < PATIENCE_S:
                return False
            self._sought = None
        return True

    # What a person asks for

    @Slot()
    def play_or_pause(self) -> None:
        """Play, pause, or begin again after the end."""
        if self._feed is None:
            return
        playback = self._feed.playback
        if self._ended:
            playback.play()
            self._begin_again()
        elif playback.paused:
            playback.play()
        else:
            playback.pause()
        self._draw()

    @Slot(int)
    def _slider_moved(self, milliseconds: int) -> None:
        if self._feed is None:
            return
        self._sought = milliseconds / 1000, monotonic()
        self._feed.playback.seek(milliseconds / 1000)
        if self._ended:
            # The file is opened anew, and goes to this place at once.
            self._begin_again()
        self._say_time()

    def _begin_again(self) -> None:
        self._ended = False
        self.again.emit()
        self._draw()

    @Slot(int)
    def _speed_chosen(self, place: int) -> None:
        if self._feed is not None:
            self._feed.playback.set_speed(float(self.speed.itemData(place)))

    # What is drawn

    def _plays(self) -> bool:
        return self._feed is not None and not self._feed.playback.paused and not self._ended

    def _draw(self) -> None:
        if self._feed is None:
            return
        playing = self._drawn = self._plays()
        text = self.tr("Pause") if playing else self.tr("Play")
        self.play_button.setIcon(make_icon("pause" if playing else "start", current_scheme().text))
        self.play_button.setToolTip(text)
        self.play_button.setAccessibleName(text)
        self._say_time()

    def _say_time(self) -> None:
        if self._feed is None:
            return
        length = self._feed.facts.seconds
        now = place(self.slider.value() / 1000, length)
        self.time.setText(f"{now} / {place(length, length)}" if length else now)

    def retranslate(self) -> None:
        self.slider.setAccessibleName(self.tr("Place in the video"))
        self.slider.setToolTip(self.tr("Place in the video"))
        self.speed_label.setText(self.tr("&Speed"))
        self.speed.setAccessibleName(self.tr("Speed"))
        self.play_button.setAccessibleName(self.tr("Play"))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "slider"):
            self._draw()
        super().changeEvent(event)
