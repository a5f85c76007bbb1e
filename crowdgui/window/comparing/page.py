"""The comparing page: several models and the truth on the picture of the counting page."""

from __future__ import annotations

import math

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QHideEvent, QImage, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from crowdgui.window.background import Work
from crowdgui.window.comparing.panel import ComparePanel
from crowdgui.window.comparing.tasks import Compared, Maps, compare
from crowdgui.window.counting.list_model import entry_name
from crowdgui.window.counting.page import CountingPage
from crowdgui.window.counting.session import Picture
from crowdgui.window.desk import Desk
from crowdgui.window.elided_label import ElidedLabel
from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated
from crowdgui.window.model_picker import ModelPicker
from crowdgui.window.viewing.local_density import SIDE
from crowdgui.window.viewing.picture_view import PictureView
from models.errors import UserError
from models.prediction import Prediction

MOST_MODELS = 5
# About what the lines above all pictures take, and those above each.
HEAD_PX, FACTS_PX = 45, 80
TRUTH = ""


class ComparingPage(Translated, QWidget):
    """Panels side by side that zoom and pan in step."""

    changed = Signal()

    def __init__(self, desk: Desk, counting: CountingPage) -> None:
        super().__init__()
        self._desk, self._counting = desk, counting
        self._picture: Picture | None = None
        self._work: Work | None = None
        self._made: dict[str, Prediction] = {}
        self.results: dict[str, Compared] = {}
        self._maps: dict[str, QImage] = {}
        self._most = 0.0
        self._stamps: dict[str, tuple[int, int]] = {}
        self._running: tuple[Picture, list[str]] | None = None
        self._shown: Picture | None = None
        self._in_step = False
        self.panels: dict[str, ComparePanel] = {}
        self.picker = ModelPicker(desk, MOST_MODELS)
        self.name, self.scale = ElidedLabel(), QLabel()
        self.scale.setProperty("role", "muted")
        self.hint = Hint("compare")
        self._lay_out()
        counting.changed.connect(self.follow)
        self.picker.chosen.connect(self.follow)
        desk.engine_changed.connect(self._engine_changed)
        desk.models_changed.connect(self.follow)
        self.hint.button.clicked.connect(counting.show_demo)
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(14, 8, 14, 8)
        head.setSpacing(14)
        head.addWidget(self.name, 1)
        head.addWidget(self.scale)
        head.addWidget(self.picker)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(1)
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(self._grid, 1)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.hint)
        self.stack.addWidget(content)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack)

    @property
    def view(self) -> PictureView:
        """The view that zoom actions act upon; the others follow it."""
        return next(iter(self.panels.values())).view if self.panels else self._counting.view

    def follow(self) -> None:
        """Compare on the picture that is open now, if this page is seen."""
        if not self.isVisible():
            return
        picture = self._counting.session.picture
        if picture is not self._picture:
            self._picture = picture
            self._forget_all()
        self._forget_renewed()
        names = self.picker.names() if picture is not None else []
        wanted = names + ([TRUTH] if picture is not None and picture.heads is not None else [])
        if list(self.panels) != wanted:
            self._make_panels(wanted)
        if self._work is not None and self._running != (picture, names):
            # Even where none takes its place: what it makes would be taken for this picture's.
            self._work.cancel()
        running = self._work is not None and not self._work.is_cancelled()
        if picture is not None and not running and not all(map(self._is_done, names)):
            self._start(picture, names)
        self.render_results()

    def _forget_renewed(self) -> None:
        """Forget what models have counted that have another file by now."""
        stamps = {choice.name: choice.stamp for choice in self._desk.usable_models()}
        for name in [name for name, was in self._stamps.items() if stamps.get(name) != was]:
            for made in (self.results, self._made, self._maps):
                made.pop(name, None)
        self._stamps = stamps

    def _is_done(self, name: str) -> bool:
        """Whether there is a result, and its map: a work may have been cancelled in between."""
        return name in self.results and (name in self._maps or name not in self._made)

    def _start(self, picture: Picture, names: list[str]) -> None:
        self._running = (picture, names)
        sizes = {choice.name: choice.size for choice in self._desk.usable_models()}
        quick_first = sorted(names, key=lambda name: sizes.get(name, 0))
        pixels, known = picture.pixels, dict(self._made)
        engine, predictors = self._desk.engine, self._desk.predictors
        self._work = work = Work(
            title=lambda: self.tr("Comparing models"),
            steps=lambda _work: compare(pixels, quick_first, known, engine, predictors),
            on_step=self._result_came,
            on_end=lambda error: self._ended(work, error),
        )
        self._desk.bench.start(work)

    def _result_came(self, result: Compared | Maps) -> None:
        if isinstance(result, Maps):
            self._maps, self._most = result.images, result.most
        else:
            self.results[result.model] = result
            if result.prediction is not None:
                self._made[result.model] = result.prediction
            elif result.problem is not None and not isinstance(result.problem, UserError):
                # Our mistake: its details can be copied from the message.
                self._desk.notices.complain(result.problem)
        self.render_results()

    def _ended(self, work: Work, error: Exception | None) -> None:
        if error is not None:
            self._desk.notices.complain(error)
        if work is self._work:
            self._work = None
        self.changed.emit()

    @Slot()
    def _engine_changed(self) -> None:
        if self._work is not None:
            self._work.cancel()
        self._forget_all()
        self.follow()

    def _forget_all(self) -> None:
        self._made.clear()
        self.results.clear()
        self._maps.clear()
        self._most = 0.0

    # What is drawn

    def _make_panels(self, names: list[str]) -> None:
        for panel in self.panels.values():
            self._grid.removeWidget(panel)
            panel.hide()
            # Not at once: a key pressed in one of them may have led here.
            panel.deleteLater()
        self.panels = {name: ComparePanel() for name in names}
        across = self._columns(len(names))
        for number, panel in enumerate(self.panels.values()):
            self._grid.addWidget(panel, number // across, number % across)
            panel.view.moved.connect(lambda view=panel.view: self._follow_view(view))
            panel.view.stepped.connect(self._counting.step)
            panel.view.zoomed.connect(self.changed)
            if self._picture is not None:
                panel.view.set_picture(self._picture.levels)
        self._shown = self._picture

    def _columns(self, number: int) -> int:
        """Return the number of columns in which the pictures are drawn largest."""
        if self._picture is None or not number:
            return 1
        width, height = self._picture.size

        def scale(columns: int) -> float:
            rows = math.ceil(number / columns)
            room = (self.height() - HEAD_PX) / rows - FACTS_PX
            return min(self.width() / columns / width, room / height)

        return max(range(1, number + 1), key=scale)

    def _follow_view(self, moved: PictureView) -> None:
        """Zoom and pan all views as one was."""
        if self._in_step:
            return
        self._in_step = True
        for panel in self.panels.values():
            if panel.view is not moved:
                panel.view.look_like(moved)
        self._in_step = False

    def render_results(self) -> None:
        """Draw what is known so far."""
        picture, settings = self._picture, self._desk.settings
        self.stack.setCurrentIndex(1 if picture is not None else 0)
        if picture is None:
            return
        if self._shown is not picture:
            for panel in self.panels.values():
                panel.view.set_picture(picture.levels)
                panel.levels = None
            self._shown = picture
        shown = self._counting.session.shown
        self.name.setText(entry_name(shown) if shown else "")
        text = self.tr("Full colour: {people} people in {side} × {side} px")
        text = text.format(people=f"{self._most * SIDE**2:.1f}", side=SIDE)
        self.scale.setText(text if self._most else "")
        for name, panel in self.panels.items():
            if name == TRUTH:
                panel.show_truth(picture.truth or 0)
                panel.view.set_heads(picture.heads)
                continue
            choice = self._desk.model(name)
            panel.show_model(name, choice, self.results.get(name), picture.truth)
            self._draw_map(panel, self._maps.get(name))
            panel.view.set_density_visible(settings.overlay)
            panel.view.set_density_opacity(settings.opacity / 100)

    def _draw_map(self, panel: ComparePanel, levels: QImage | None) -> None:
        colours = self._desk.settings.colour_map
        # By identity: comparing two images would look at every pixel.
        if panel.levels is levels and panel.colours == colours:
            return
        panel.levels, panel.colours = levels, colours
        if levels is None:
            panel.view.set_density(None)
        else:
            from crowdgui.window.viewing.images import coloured

            panel.view.set_density(coloured(levels, colours))

    def retranslate(self) -> None:
        self.hint.say(
            self.tr("Open a picture to compare models on it"),
            self.tr("Choose it on the Count page; each model's map appears here."),
            self.tr("Show the demo scene"),
        )
        self.render_results()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # What failed is tried again: it may have been for a moment.
        self.results = {name: one for name, one in self.results.items() if one.problem is None}
        self.follow()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: a slow model is not to hold up other works."""
        if self._work is not None:
            self._work.cancel()
        super().hideEvent(event)
