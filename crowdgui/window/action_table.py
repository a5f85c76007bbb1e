"""Where the actions stand: the menus and what shows its text in a toolbar."""

from __future__ import annotations

from crowdgui.window.action_rows import (
    CHOICE_ROWS,
    FILE_ROWS,
    VIEW_ROWS,
    WORK_ROWS,
    ActionRow,
)
from crowdgui.window.fleet.action_rows import FLEET_ROWS
from crowdgui.window.labelling.action_rows import LABEL_ROWS
from crowdgui.window.live.action_rows import LIVE_ROWS
from crowdgui.window.pages import PAGES, SEPARATOR, TO_TRAIN, TRAINS
from crowdgui.window.training.action_rows import TRAIN_ROWS
from models.errors import QT_TRANSLATE_NOOP

PAGE_ROWS = tuple(page.action for page in PAGES)
ROWS: tuple[ActionRow, ...] = (
    *FILE_ROWS, *VIEW_ROWS, *PAGE_ROWS, *LABEL_ROWS, *WORK_ROWS, *TRAIN_ROWS, *LIVE_ROWS,
    *FLEET_ROWS, *CHOICE_ROWS,
)  # fmt: skip
# Filled anew each time it is shown.
RECENT = "recent"

# A menu's title and what is in it; a tuple within is a menu within.
Menu = tuple[str, tuple["str | Menu", ...]]
_MENUS: tuple[Menu, ...] = (
    (
        QT_TRANSLATE_NOOP("Actions", "&File"),
        (
            "open", "open-folder", (QT_TRANSLATE_NOOP("Actions", "Open &recent"), (RECENT,)),
            "demo", SEPARATOR, "save", "save-density", "export-counts", SEPARATOR,
            "show-in-folder", "close-picture", "clear", SEPARATOR, "quit",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Edit"),
        ("undo", "redo", SEPARATOR, "copy", "copy-picture", "copy-path", "paste", SEPARATOR,
         "rectangle", "polygon", "next-region", "previous-region", "rename-region",
         "duplicate-region", "remove-regions", "save-regions", "load-regions", SEPARATOR, "find",
         SEPARATOR, "cancel"),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&View"),
        (
            *(row.id for row in PAGE_ROWS), SEPARATOR,
            "first", "previous", "next", "last", SEPARATOR,
            "zoom-in", "zoom-out", "fit", "actual", "zoom-to", SEPARATOR,
            "density", "list", "facts", "full-screen", SEPARATOR,
            (QT_TRANSLATE_NOOP("Actions", "&Theme"), ("theme-system", "theme-light", "theme-dark")),
            ("Lan&guage / 언어", ("language-en", "language-ko")),
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "Mar&k"),
        (
            "label-video", SEPARATOR, "label-next", SEPARATOR, "label-nobody", "label-remove",
            "label-clear", SEPARATOR, "label-measure", *TO_TRAIN,
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Models"),
        (
            "count-all", SEPARATOR, "choose-data", "evaluate", "export-table", SEPARATOR,
            "import-model", "default-model", "rename-model", "remove-model",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Training"),
        (
            "train-data", SEPARATOR, "train-start", "train-pause", "train-stop", "train-discard",
            SEPARATOR, "continue-run", "use-run", "export-run", SEPARATOR, "export-plot",
            "export-runs", SEPARATOR, "open-runs", "own-runs", "open-run-folder",
            "delete-runs",
        ),
    ),
    (
        QT_TRANSLATE_NOOP("Actions", "&Live"),
        (
            "live-camera", "live-video", "live-address", "live-demo", SEPARATOR, "live-remove",
            "live-retry", "live-name", SEPARATOR, "live-zones", "live-analyse", "live-opinion",
            SEPARATOR,
            "live-snapshot", "live-record", "live-stop-recording", SEPARATOR, "live-alone",
        ),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Broker"), ("fleet-connect", "fleet-disconnect")),
    (
        QT_TRANSLATE_NOOP("Actions", "&Help"),
        ("tour", "actions", SEPARATOR, "log", "reset", SEPARATOR, "about"),
    ),
)  # fmt: skip

# On a right click in the list of pictures.
LIST_MENU = ("copy", "copy-path", SEPARATOR, "show-in-folder", "close-picture", "clear")

# The same in the picture; a region that is clicked is selected first.
PICTURE_MENU = (
    "copy", "copy-picture", "copy-path", SEPARATOR,
    "rectangle", "polygon", "rename-region", "duplicate-region", "remove-regions", SEPARATOR,
    "fit", "actual", "density", SEPARATOR, "save", "show-in-folder", "close-picture",
)  # fmt: skip

MENUS = tuple(menu for menu in _MENUS if TRAINS or menu[0] != "&Training")

# These say in the toolbar what they are; the others are known by their icons and tips.
TOOLBAR_WITH_TEXT = (
    "open", "density", "count-all", "choose-data", "evaluate", "export-table", "import-model",
    "default-model", "rename-model", "remove-model", "label-next", "label-nobody", "label-measure",
    "label-train", "train-data", "train-start", "train-pause",
    "train-stop", "use-run", "fleet-connect", "fleet-disconnect",
    "live-camera", "live-video", "live-address", "live-demo",
)  # fmt: skip
