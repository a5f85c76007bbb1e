"""All actions as one table: menus, toolbar and shortcuts are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class ActionRow:
    """An action: `slot` is the dotted name of what it calls on the window.

    A row with a `group` is one choice among those of the group; `value` is given to the slot.
    """

    id: str
    text: str
    tip: str
    shortcuts: tuple[str, ...]
    icon: str
    slot: str
    checkable: bool = False
    group: str = ""
    value: str = ""


ROWS = (
    ActionRow(
        "open",
        QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open pictures"),
        ("Ctrl+O",),
        "open",
        "ask_for_pictures",
    ),
    ActionRow(
        "open-folder",
        QT_TRANSLATE_NOOP("Actions", "Open &folder…"),
        QT_TRANSLATE_NOOP("Actions", "Open all pictures of a folder"),
        ("Ctrl+Shift+O",),
        "",
        "ask_for_folder",
    ),
    ActionRow(
        "demo",
        QT_TRANSLATE_NOOP("Actions", "&Demo scene"),
        QT_TRANSLATE_NOOP("Actions", "Show a rendered scene whose true count is known"),
        (),
        "demo",
        "page.show_demo",
    ),
    ActionRow(
        "save",
        QT_TRANSLATE_NOOP("Actions", "&Save with density map…"),
        QT_TRANSLATE_NOOP("Actions", "Save the picture with its density map"),
        ("Ctrl+S",),
        "save",
        "ask_where_to_save",
    ),
    ActionRow(
        "clear",
        QT_TRANSLATE_NOOP("Actions", "&Close all pictures"),
        QT_TRANSLATE_NOOP("Actions", "Close all pictures"),
        ("Ctrl+W",),
        "clear",
        "page.clear",
    ),
    ActionRow(
        "quit",
        QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Quit the program"),
        ("Ctrl+Q",),
        "",
        "close",
    ),
    ActionRow(
        "copy",
        QT_TRANSLATE_NOOP("Actions", "&Copy count"),
        QT_TRANSLATE_NOOP("Actions", "Copy the count with one decimal"),
        ("Ctrl+C",),
        "copy",
        "copy_count",
    ),
    ActionRow(
        "previous",
        QT_TRANSLATE_NOOP("Actions", "&Previous picture"),
        QT_TRANSLATE_NOOP("Actions", "Go to the previous picture"),
        ("PgUp",),
        "previous",
        "show_previous",
    ),
    ActionRow(
        "next",
        QT_TRANSLATE_NOOP("Actions", "&Next picture"),
        QT_TRANSLATE_NOOP("Actions", "Go to the next picture"),
        ("PgDown",),
        "next",
        "show_next",
    ),
    ActionRow(
        "zoom-in",
        QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
        QT_TRANSLATE_NOOP("Actions", "Zoom in"),
        ("+", "=", "Ctrl++", "Ctrl+="),
        "zoom-in",
        "zoom_in",
    ),
    ActionRow(
        "zoom-out",
        QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
        QT_TRANSLATE_NOOP("Actions", "Zoom out"),
        ("-", "Ctrl+-"),
        "zoom-out",
        "zoom_out",
    ),
    ActionRow(
        "fit",
        QT_TRANSLATE_NOOP("Actions", "&Fit to window"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole picture"),
        ("0", "Ctrl+0"),
        "fit",
        "page.view.fit",
    ),
    ActionRow(
        "actual",
        QT_TRANSLATE_NOOP("Actions", "&Actual size"),
        QT_TRANSLATE_NOOP("Actions", "Show a pixel of the picture as a pixel of the screen"),
        ("1", "Ctrl+1"),
        "actual",
        "page.view.actual_size",
    ),
    ActionRow(
        "density",
        QT_TRANSLATE_NOOP("Actions", "&Density map"),
        QT_TRANSLATE_NOOP("Actions", "Show where the people are"),
        ("D",),
        "density",
        "page.set_density",
        checkable=True,
    ),
    ActionRow(
        "theme-system",
        QT_TRANSLATE_NOOP("Actions", "As the &system"),
        QT_TRANSLATE_NOOP("Actions", "Light or dark as the system is"),
        (),
        "",
        "choose_theme",
        group="theme",
        value="system",
    ),
    ActionRow(
        "theme-light",
        QT_TRANSLATE_NOOP("Actions", "&Light"),
        QT_TRANSLATE_NOOP("Actions", "Dark text on light ground"),
        (),
        "",
        "choose_theme",
        group="theme",
        value="light",
    ),
    ActionRow(
        "theme-dark",
        QT_TRANSLATE_NOOP("Actions", "&Dark"),
        QT_TRANSLATE_NOOP("Actions", "Light text on dark ground"),
        (),
        "",
        "choose_theme",
        group="theme",
        value="dark",
    ),
    # A language is named in itself, so that who cannot read the present one finds it.
    ActionRow(
        "language-en",
        "English",
        "English",
        (),
        "",
        "choose_language",
        group="language",
        value="en",
    ),
    ActionRow(
        "language-ko",
        "한국어",
        "한국어",
        (),
        "",
        "choose_language",
        group="language",
        value="ko",
    ),
    ActionRow(
        "about",
        QT_TRANSLATE_NOOP("Actions", "&About crowdgui"),
        QT_TRANSLATE_NOOP("Actions", "What this program is"),
        ("F1",),
        "info",
        "show_about",
    ),
)

SEPARATOR = "|"

# A menu's title and what is in it; a tuple within is a menu within.
Menu = tuple[str, tuple["str | Menu", ...]]
MENUS: tuple[Menu, ...] = (
    (
        QT_TRANSLATE_NOOP("Actions", "&File"),
        ("open", "open-folder", "demo", SEPARATOR, "save", SEPARATOR, "clear", SEPARATOR, "quit"),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Edit"), ("copy",)),
    (
        QT_TRANSLATE_NOOP("Actions", "&View"),
        (
            "previous", "next", SEPARATOR, "zoom-in", "zoom-out", "fit", "actual", SEPARATOR,
            "density", SEPARATOR,
            (QT_TRANSLATE_NOOP("Actions", "&Theme"), ("theme-system", "theme-light", "theme-dark")),
            ("&Language / 언어", ("language-en", "language-ko")),
        ),
    ),
    (QT_TRANSLATE_NOOP("Actions", "&Help"), ("about",)),
)  # fmt: skip

TOOLBAR = (
    "open", "demo", SEPARATOR, "previous", "next", SEPARATOR, "zoom-out", "zoom-in", "fit",
    "actual", SEPARATOR, "density", SEPARATOR, "copy", "save",
)  # fmt: skip

# These say in the toolbar what they are; the others are known by their icons and tips.
TOOLBAR_WITH_TEXT = ("open", "demo", "density", "copy")
