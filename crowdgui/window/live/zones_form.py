"""The facts of one zone: its name, how many people it holds, and when it is said to be full."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from crowdgui.live.levels import Level
from crowdgui.live.zones import PERSONS_PER_M2
from crowdgui.window.language import Translated
from crowdgui.window.live.levels import level_name
from crowdgui.window.live.zones_drafts import Draft
from crowdgui.window.number_box import NumberBox

# Those that have a limit: the lowest has none, and no alert.
LEVELS = tuple(Level)[1:]


class ZoneForm(Translated, QWidget):
    """Draws a draft, and gives back what a person makes of it.

    `edited` carries the field's name and the new draft.
    """

    edited = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._draft: Draft | None = None
        self.name = QLineEdit()
        self.capacity, self.area = _amount(1_000_000), _amount(1_000_000)
        self.limits = tuple(_percent(1, 1000) for _level in LEVELS)
        self.hysteresis = _percent(0, 90)
        self.hold = _amount(3600)
        self.alert = QComboBox()
        self.parts: dict[str, QWidget] = {
            "name": self.name, "capacity": self.capacity, "area": self.area,
            **{level.word: box for level, box in zip(LEVELS, self.limits, strict=True)},
            "hysteresis": self.hysteresis, "hold": self.hold, "alert": self.alert,
        }  # fmt: skip
        self.labels = {name: QLabel() for name in self.parts}
        self.note = QLabel()
        self.note.setWordWrap(True)
        self.note.setProperty("role", "muted")
        self._lay_out()
        self._connect()
        self.retranslate()
        self.show_draft(None)

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(7)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        for name, part in self.parts.items():
            self.labels[name].setBuddy(part)
            form.addRow(self.labels[name], part)
            if part is self.area:
                form.addRow(self.note)

    def _connect(self) -> None:
        self.name.textEdited.connect(lambda text: self._edit("name", name=text))
        self.capacity.valueChanged.connect(
            lambda value: self._edit("capacity", capacity=value or None)
        )
        self.area.valueChanged.connect(lambda value: self._edit("area", area_m2=value or None))
        for box in self.limits:
            box.valueChanged.connect(self._limits_edited)
        self.hysteresis.valueChanged.connect(
            lambda value: self._edit("hysteresis", hysteresis=value / 100)
        )
        self.hold.valueChanged.connect(lambda value: self._edit("hold", hold_s=value))
        self.alert.activated.connect(
            lambda place: self._edit("alert", alert_at=self.alert.itemData(place))
        )

    @Slot()
    def _limits_edited(self) -> None:
        self._edit("limits", limits=tuple(box.value() / 100 for box in self.limits))

    def _edit(self, field: str, **facts: object) -> None:
        if self._draft is not None:
            self._draft = replace(self._draft, **facts)  # type: ignore[arg-type]
            self._say_note()
            self.edited.emit(field, self._draft)

    def show_draft(self, draft: Draft | None) -> None:
        """Draw a draft's facts; with None there is nothing to edit."""
        self.setEnabled(draft is not None)
        if draft is not None and draft == self._draft:
            return
        # Nothing of this is a person's wish.
        self._draft = None
        shown = draft or Draft("", ())
        if self.name.text() != shown.name:
            self.name.setText(shown.name)
        self.capacity.setValue(shown.capacity or 0)
        self.area.setValue(shown.area_m2 or 0)
        for box, limit in zip(self.limits, shown.limits, strict=True):
            box.setValue(round(limit * 100))
        self.hysteresis.setValue(round(shown.hysteresis * 100))
        self.hold.setValue(shown.hold_s)
        self.alert.setCurrentIndex(self.alert.findData(shown.alert_at))
        self._draft = draft
        self._say_note()

    def _say_note(self) -> None:
        draft = self._draft
        full = draft.capacity if draft is not None else None
        if draft is not None and full is None and draft.area_m2 is not None:
            full = draft.area_m2 * PERSONS_PER_M2
            text = self.tr("Full at {people} people ({density} a m²).")
            self.note.setText(text.format(people=f"{full:,.0f}", density=f"{PERSONS_PER_M2:g}"))
        elif full is not None:
            self.note.setText(self.tr("Full at {people} people.").format(people=f"{full:,.0f}"))
        else:
            self.note.setText(self.tr("Without capacity or area there are no levels."))
        for part in (*self.limits, self.hysteresis, self.hold, self.alert):
            part.setEnabled(full is not None)
        self._say_alerts(full)

    def _say_alerts(self, full: float | None) -> None:
        """Say with each level from how many people on it is alerted."""
        for level in LEVELS:
            text = level_name(level.word)
            if self._draft is not None and full is not None:
                people = f"{full * self._draft.limits[level - 1]:,.0f}"
                text = self.tr("{level}, from {people} people").format(level=text, people=people)
            self.alert.setItemText(level, text)

    def retranslate(self) -> None:
        texts = {
            "name": self.tr("&Name"), "capacity": self.tr("&Capacity, people"),
            "area": self.tr("Floor a&rea, m²"), "moderate": self.tr("&Moderate from"),
            "crowded": self.tr("Cro&wded from"), "very crowded": self.tr("&Very crowded from"),
            "hysteresis": self.tr("&Hysteresis"), "hold": self.tr("H&old time"),
            "alert": self.tr("Al&ert"),
        }  # fmt: skip
        for key, part in self.parts.items():
            self.labels[key].setText(texts[key])
            part.setAccessibleName(texts[key].replace("&", ""))
        for box in self.limits:
            box.setToolTip(self.tr("Share of the capacity"))
        tip = self.tr("A level is left only when the count is so far below its limit")
        self.hysteresis.setToolTip(tip)
        self.hold.setToolTip(self.tr("So long a level must last before it is taken"))
        for amount in (self.capacity, self.area):
            amount.setSpecialValueText(self.tr("none"))
        self.hold.setSuffix(self.tr(" s"))
        present = self.alert.currentData()
        self.alert.clear()
        self.alert.addItem(self.tr("never"), 0)
        for level in LEVELS:
            self.alert.addItem("", int(level))
        self.alert.setCurrentIndex(self.alert.findData(3 if present is None else present))
        self._say_note()


def _amount(high: float) -> NumberBox:
    box = NumberBox(decimals=1)
    box.setMaximum(high)
    return box


def _percent(low: int, high: int) -> QSpinBox:
    return QSpinBox(minimum=low, maximum=high, suffix=" %", singleStep=5)
