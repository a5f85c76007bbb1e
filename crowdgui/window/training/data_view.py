"""What a folder holds: layout, numbers, a few pictures with their heads, and its problems."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from crowdgui.window.hint import Hint
from crowdgui.window.language import Translated, say
from crowdgui.window.theme import current_scheme
from crowdgui.window.training.captions import fitted
from crowdgui.window.training.tasks import FEWEST_TO_VALIDATE, DataFacts, Thumbnail

COLUMNS = 4
GAP = 8
MOST_PROBLEMS = 1000


class Thumbnails(QWidget):
    """Small pictures in two rows, a dot on each person."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Thumbnail, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)

    def show_thumbnails(self, thumbnails: tuple[Thumbnail, ...]) -> None:
        self._shown = thumbnails
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        line = self.fontMetrics().height()
        width = (self.width() - GAP * (COLUMNS - 1)) / COLUMNS
        height = min((self.height() - GAP) / 2, width * 0.76 + line)
        for place, one in enumerate(self._shown):
            left = (place % COLUMNS) * (width + GAP)
            top = (place // COLUMNS) * (height + GAP)
            size = one.image.size().scaled(
                int(width), int(height - line - 4), Qt.AspectRatioMode.KeepAspectRatio
            )
            area = QRectF(left, top, size.width(), size.height())
            painter.drawImage(area, one.image)
            painter.setPen(QColor(current_scheme().muted))
            below = QRectF(left, area.bottom() + 2, width, line)
            painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self.caption(one, int(width)))

    def caption(self, one: Thumbnail, width: int) -> str:
        """Return what stands below a picture: the whole number in any width.

        What tells names apart is often their end, so they stand without their suffix.
        """
        caption = self.tr("{name}: {people} people").replace("{people}", f"{one.people:,}")
        return fitted(caption, Path(one.name).stem, self.fontMetrics(), width)


class DataView(Translated, QWidget):
    """Draws the facts of a data set."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: DataFacts | None = None
        self.title, self.numbers, self.problem_title = QLabel(), QLabel(), QLabel()
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.25)
        self.title.setFont(font)
        for label in (self.title, self.numbers):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.caution = QLabel()
        self.caution.setWordWrap(True)
        self.caution.setProperty("role", "warning")
        self.problem_title.setProperty("role", "muted")
        self.hint = Hint("folder")
        self.thumbnails = Thumbnails()
        self.problems = QListWidget()
        self.problems.setWordWrap(True)
        self.problems.setMaximumHeight(150)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.hint, 1)
        for part in (self.title, self.numbers, self.caution):
            column.addWidget(part)
        column.addWidget(self.thumbnails, 1)
        column.addWidget(self.problem_title)
        column.addWidget(self.problems)
        column.addStretch()
        self.retranslate()

    def show_facts(self, facts: DataFacts | None) -> None:
        self._facts = facts
        self._render()

    def _render(self) -> None:
        facts = self._facts
        self.thumbnails.show_thumbnails(facts.thumbnails if facts else ())
        self.thumbnails.setVisible(bool(facts and facts.thumbnails))
        self.problems.clear()
        self.hint.setVisible(facts is None)
        for part in (self.title, self.numbers, self.problem_title):
            part.setVisible(facts is not None)
        if facts is not None:
            layout = self.tr("own data") if facts.layout == "own data" else facts.layout
            self.title.setText(f"{facts.folder}  ({layout})")
            self.numbers.setText(self._numbers(facts))
        caution = self._caution(facts.splits.get("val", 0)) if facts is not None else ""
        self.caution.setText(caution)
        self.caution.setVisible(bool(caution))
        self._render_problems(facts)

    def _caution(self, number: int) -> str:
        """Return what is to be known before training with so many pictures to validate on."""
        if not 0 < number < FEWEST_TO_VALIDATE:
            return ""
        if number == 1:
            return self.tr(
                "1 picture to validate on: errors and the best epoch are chance then; 30 pictures"
                " or more are advised."
            )
        return self.tr(
            "{number} pictures to validate on: errors and the best epoch are chance then; 30"
            " pictures or more are advised."
        ).format(number=number)

    def _numbers(self, facts: DataFacts) -> str:
        both = facts.splits.get("train", 0) + facts.splits.get("val", 0)
        people = "…" if facts.people is None else f"{facts.people:,}"
        if facts.people is None and (facts.left_off or facts.obstacle is not None):
            people = "–"
        text = self.tr(
            "{pictures} pictures with {people} people: {train} to train on, {val} to validate on"
        ).format(
            pictures=f"{both:,}", people=people, train=f"{facts.splits.get('train', 0):,}",
            val=f"{facts.splits.get('val', 0):,}",
        )  # fmt: skip
        if "test" in facts.splits:
            text += ". " + self.tr("{test} test pictures stay unseen").format(
                test=f"{facts.splits['test']:,}"
            )
        return text

    def _render_problems(self, facts: DataFacts | None) -> None:
        problems = facts.problems if facts else ()
        if facts is not None and facts.left_off:
            text = self.tr("Not all was looked at.")
        elif problems is None:
            text = self.tr("Looking for problems…")
        elif not problems:
            text = "" if facts is None or self.caution.text() else self.tr("No problems found")
        else:
            text = self.tr("Problems: {number}").format(number=f"{len(problems):,}")
        self.problem_title.setText(text)
        for problem in (problems or ())[:MOST_PROBLEMS]:
            self.problems.addItem(say(problem))
        self.problems.setVisible(bool(problems))

    def retranslate(self) -> None:
        self.problems.setAccessibleName(self.tr("Problems of the data"))
        self.hint.say(
            self.tr("No training data is chosen yet"),
            self.tr(
                "Take the built-in scenes, or a folder: your own pictures, marked on the Mark page;"
                " ShanghaiTech, UCF, NWPU, JHU-CROWD++, COCO boxes, or a CSV or JSON file of points"
                " beside each picture."
            ),
            self.tr("Take the built-in scenes"),
        )
        self._render()
