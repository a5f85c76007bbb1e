"""A model's card: what it is, how well it counts, what may be done with it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QTextCharFormat, QTextCursor, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QTextBrowser

from crowdgui.window.catalogue.training_facts import all_figures, remarks, training_facts
from crowdgui.window.counting.facts import data_size
from crowdgui.window.desk import ModelChoice
from crowdgui.window.language import say
from crowdgui.window.model_picker import role_name
from crowdgui.window.roles import licence_text, role_of
from crowdgui.window.theme import current_scheme

translate = QCoreApplication.translate


class CardView(QTextBrowser):
    """Shows the facts of a model and the text of its card; follows no link."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(18)

    def loadResource(self, _kind: int, _name: object) -> Any:
        """Load nothing that a card names: it may come from anywhere."""
        return None

    def show_model(self, choice: ModelChoice | None) -> None:
        if choice is None:
            self.clear()
            return
        self.setHtml(facts_html(choice))
        # The cards that came with the program say what its header says, in English.
        if choice.card and not choice.shipped:
            cursor = self.textCursor()
            cursor.movePosition(cursor.MoveOperation.End)
            cursor.insertBlock()
            cursor.insertMarkdown(_without_title(choice.card))
            self._calm_tables()
        cursor = self.textCursor()
        cursor.movePosition(cursor.MoveOperation.Start)
        self.setTextCursor(cursor)

    def _calm_tables(self) -> None:
        """Draw the tables of a card in the theme's lines; none of their rows is a heading."""
        plain = QTextCharFormat()
        plain.setFontWeight(QFont.Weight.Normal)
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable) and frame.format().border() > 0:
                look = frame.format()
                look.setBorderCollapse(True)
                look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setBorderBrush(QColor(current_scheme().border))
                look.setCellPadding(5)
                frame.setFormat(look)
                cursor = frame.firstCursorPosition()
                cursor.setPosition(
                    frame.cellAt(0, frame.columns() - 1).lastPosition(),
                    QTextCursor.MoveMode.KeepAnchor,
                )
                cursor.mergeCharFormat(plain)


def facts_html(choice: ModelChoice) -> str:
    """Return the name, the facts of the header and what they mean as HTML."""
    muted = current_scheme().muted
    rows = "".join(
        f"<tr><td style='color:{muted}'>{escape(caption)}&nbsp;&nbsp;&nbsp;</td>"
        f"<td>{escape(value).replace(chr(10), '<br>')}</td></tr>"
        for caption, value in _facts(choice)
    )
    title = f"<h2 style='margin-bottom:6px'>{escape(choice.name)}</h2>"
    found = remarks(choice.header, choice.shipped) if choice.header else []
    text = "".join(f"<p>{escape(remark)}</p>" for remark in found)
    return f"{title}<table cellspacing='0' cellpadding='2'>{rows}</table>{text}"


def _facts(choice: ModelChoice) -> list[tuple[str, str]]:
    if choice.problem is not None:
        return [(translate("Card", "Problem"), say(choice.problem))]
    origin = (
        translate("Card", "came with the program") if choice.shipped
        else translate("Card", "added by you")
    )  # fmt: skip
    facts = [
        (translate("Card", "Role"), role_name(role_of(choice))),
        (translate("Card", "Origin"), origin),
        (translate("Card", "File size"), data_size(choice.size)),
    ]
    header = choice.header
    if header is not None:
        facts[2:2] = [
            (translate("Card", "Network"), header.network),
            (translate("Card", "Parameters"), f"{header.parameters:,}"),
        ]
        errors = "\n".join(all_figures(header)) or figures_text(choice)
        facts.append((translate("Card", "Errors (MAE / RMSE)"), errors))
        facts += training_facts(header)
        facts.append((translate("Card", "Licence"), licence_text(header.licence)))
    return facts


def figures_text(choice: ModelChoice) -> str:
    """Return the validation errors of a header, with what they were measured on."""
    header = choice.header
    figures = header.figures if header else {}
    try:
        text = f"{figures['mae']:.1f} / {figures['rmse']:.1f}"
    except (KeyError, TypeError, ValueError):
        return translate("Card", "unknown")
    data = figures.get("data") or (header.trained_on.get("data") if header else None) or []
    places = ", ".join(map(str, data)) if isinstance(data, list) else str(data)
    return f"{text} ({places} {figures.get('split', '')})".replace(" )", ")")


def _without_title(card: str) -> str:
    lines = card.splitlines()
    text = "\n".join(lines[1:] if lines and lines[0].startswith("# ") else lines)
    # A table without headings would show an empty row: its first row takes their place.
    return re.sub(r"^\| *\| *\|\n(\|[-|]+\|)\n(\|.*\|)$", r"\2\n\1", text, flags=re.MULTILINE)
