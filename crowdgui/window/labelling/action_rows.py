"""The actions of the labelling page, a row each."""

from __future__ import annotations

from crowdgui.window.action_rows import ActionRow
from models.errors import QT_TRANSLATE_NOOP

LABEL = ("label",)

LABEL_ROWS = (
    ActionRow(
        "label-video",
        QT_TRANSLATE_NOOP("Actions", "Pictures from a &video…"),
        QT_TRANSLATE_NOOP("Actions", "Take thirty pictures out of a video, to mark heads in"),
        ("Ctrl+Shift+M",), "video", "labelling.stills.ask", opens="label",
    ),
    ActionRow(
        "label-next",
        QT_TRANSLATE_NOOP("Actions", "Next &without marks"),
        QT_TRANSLATE_NOOP("Actions", "Go to the next picture in which nobody has marked heads"),
        ("U",), "unmarked", "labelling.show_next_unmarked", pages=LABEL,
    ),
    ActionRow(
        "label-nobody",
        QT_TRANSLATE_NOOP("Actions", "Nobody &here"),
        QT_TRANSLATE_NOOP("Actions", "Say that this picture shows nobody"),
        ("E",), "nobody", "labelling.say_nobody", pages=LABEL,
    ),
    ActionRow(
        "label-remove",
        QT_TRANSLATE_NOOP("Actions", "&Remove the mark"),
        QT_TRANSLATE_NOOP("Actions", "Take the mark with the ring away; a right click on any does"),
        ("Del",), "", "labelling.remove_chosen", pages=LABEL,
    ),
    ActionRow(
        "label-clear",
        QT_TRANSLATE_NOOP("Actions", "Remove &all marks"),
        QT_TRANSLATE_NOOP("Actions", "Leave this picture as if nobody had looked at it"),
        (), "clear", "labelling.clear", pages=LABEL,
    ),
    ActionRow(
        "label-measure",
        QT_TRANSLATE_NOOP("Actions", "&Measure models"),
        QT_TRANSLATE_NOOP("Actions", "Evaluate models on the marked pictures of this folder"),
        ("Ctrl+R",), "evaluate", "labelling.measure", pages=LABEL,
    ),
    ActionRow(
        "label-train",
        QT_TRANSLATE_NOOP("Actions", "&Train on these"),
        QT_TRANSLATE_NOOP("Actions", "Train a model on the marked pictures of this folder"),
        ("Ctrl+T",), "train", "labelling.train", pages=LABEL,
    ),
)  # fmt: skip
