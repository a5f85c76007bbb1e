"""One model's map of the picture with its count, error, time and size; or the truth."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout

from crowdgui.window.comparing.tasks import Compared
from crowdgui.window.counting.facts import data_size
from crowdgui.window.desk import ModelChoice
from crowdgui.window.model_picker import role_name
from crowdgui.window.roles import role_of
from crowdgui.window.signed import signed
from crowdgui.window.troubles import say_trouble
from crowdgui.window.viewing.picture_view import PictureView

translate = QCoreApplication.translate


class ComparePanel(QFrame):
    """A picture with what one model, or the ground truth, says of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "compare")
        self.title, self.role = QLabel(), QLabel()
        self.count, self.error, self.facts = QLabel(), QLabel(), QLabel()
        self.role.setProperty("role", "muted")
        self.facts.setProperty("role", "muted")
        for label in (self.title, self.role, self.count, self.error, self.facts):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        self._enlarge(self.title, 1.1)
        self._enlarge(self.count, 2.4)
        self.view = PictureView()
        # What the view shows over the picture.
        self.levels: QImage | None = None
        self.colours = ""
        grid = QGridLayout()
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        right, bottom = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignBottom
        grid.addWidget(self.title, 0, 0, 1, 2)
        grid.addWidget(self.role, 0, 2, right)
        grid.addWidget(self.count, 1, 0)
        grid.addWidget(self.error, 1, 1, 1, 2, bottom)
        grid.addWidget(self.facts, 2, 0, 1, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(grid)
        column.addWidget(self.view, 1)

    @staticmethod
    def _enlarge(label: QLabel, factor: float) -> None:
        font = label.font()
        font.setPointSizeF(font.pointSizeF() * factor)
        font.setBold(True)
        label.setFont(font)

    def show_model(
        self, name: str, choice: ModelChoice | None, result: Compared | None, truth: int | None
    ) -> None:
        """Draw a model's facts; without a result it is still at work."""
        self.title.setText(name)
        self.role.setText(role_name(role_of(choice)) if choice else "")
        self._name_view(name)
        prediction = result.prediction if result else None
        self.error.setText("")
        if result is not None and result.problem is not None:
            self.count.setText("–")
            self.facts.setText(say_trouble(result.problem))
            return
        facts = [data_size(choice.size)] if choice and choice.size else []
        if prediction is None:
            self.count.setText("…")
        else:
            self.count.setText(f"{prediction.count:,.0f}")
            facts.insert(0, f"{prediction.seconds * 1000:,.0f} ms")
            facts.append(f"{prediction.engine} {prediction.precision}")
            if truth is not None:
                self.error.setText(error_text(prediction.count, truth))
        self.facts.setText("  ·  ".join(facts))

    def show_truth(self, truth: int) -> None:
        """Draw what the ground truth says."""
        self.title.setText(translate("Compare", "Ground truth"))
        self.role.setText("")
        self._name_view(self.title.text())
        self.count.setText(f"{truth:,}")
        self.error.setText("")
        self.facts.setText(translate("Compare", "True head centres"))

    def _name_view(self, name: str) -> None:
        for part in (self.view, self.view.viewport()):
            part.setAccessibleName(translate("Compare", "Picture, {name}").format(name=name))


def error_text(count: float, truth: int) -> str:
    """Return how far a count is from the truth, in people and in per cent."""
    difference = signed(count - truth)
    return f"{difference} ({signed((count - truth) / truth * 100)} %)" if truth else difference
