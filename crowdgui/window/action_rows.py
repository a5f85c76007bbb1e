"""Every action of the program, a row each: text, tip, shortcuts, icon, and what it calls."""

from __future__ import annotations

from dataclasses import dataclass

from models.errors import QT_TRANSLATE_NOOP

COUNT = ("count",)
PICTURE = ("count", "compare", "label")
MAP = ("count", "compare", "live")
EVALUATE = ("evaluate",)
MODELS = ("models",)


@dataclass(frozen=True)
class ActionRow:
    """An action: `slot` is the dotted name of what it calls on the window.

    A row with a `group` is one choice among those of the group; `value` is given to the slot.
    With `pages`, it can be used while one of these is in front and says that it can. What `opens`
    something on a page can be used on every page, and brings its own to the front.
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
    pages: tuple[str, ...] = ()
    opens: str = ""


FILE_ROWS = (
    ActionRow(
        "open",
        QT_TRANSLATE_NOOP("Actions", "&Open…"),
        QT_TRANSLATE_NOOP("Actions", "Open pictures"),
        ("Ctrl+O",), "open", "files.ask_for_pictures",
    ),
    ActionRow(
        "open-folder",
        QT_TRANSLATE_NOOP("Actions", "Open &folder…"),
        QT_TRANSLATE_NOOP("Actions", "Open all pictures of a folder"),
        ("Ctrl+Shift+O",), "folder", "files.ask_for_folder",
    ),
    ActionRow(
        "demo",
        QT_TRANSLATE_NOOP("Actions", "&Demo scene"),
        QT_TRANSLATE_NOOP("Actions", "Show a rendered scene whose true count is known"),
        (), "demo", "show_demo",
    ),
    ActionRow(
        "save",
        QT_TRANSLATE_NOOP("Actions", "&Save with density map…"),
        QT_TRANSLATE_NOOP("Actions", "Save the picture with its density map"),
        ("Ctrl+S",), "save", "files.ask_where_to_save", pages=COUNT,
    ),
    ActionRow(
        "save-density",
        QT_TRANSLATE_NOOP("Actions", "Save density as &numbers…"),
        QT_TRANSLATE_NOOP("Actions", "Save the density map as .npy or .tif, persons per cell"),
        ("Ctrl+Shift+S",), "", "files.ask_where_to_save_density", pages=COUNT,
    ),
    ActionRow(
        "export-counts",
        QT_TRANSLATE_NOOP("Actions", "&Export counts…"),
        QT_TRANSLATE_NOOP("Actions", "Save the counts of all pictures as CSV or JSON"),
        ("Ctrl+E",), "table", "files.ask_where_to_export", pages=COUNT,
    ),
    ActionRow(
        "show-in-folder",
        QT_TRANSLATE_NOOP("Actions", "S&how its folder"),
        QT_TRANSLATE_NOOP("Actions", "Open the folder of the picture in the file manager"),
        (), "", "files.show_folder", pages=COUNT,
    ),
    ActionRow(
        "close-picture",
        QT_TRANSLATE_NOOP("Actions", "Close &this picture"),
        QT_TRANSLATE_NOOP("Actions", "Take this picture off the list; its file stays"),
        ("Ctrl+F4",), "", "page.close_picture", pages=COUNT,
    ),
    ActionRow(
        "clear",
        QT_TRANSLATE_NOOP("Actions", "&Close all pictures"),
        QT_TRANSLATE_NOOP("Actions", "Close all pictures"),
        ("Ctrl+W",), "clear", "leaving.clear", pages=COUNT,
    ),
    ActionRow(
        "quit",
        QT_TRANSLATE_NOOP("Actions", "&Quit"),
        QT_TRANSLATE_NOOP("Actions", "Quit the program"),
        ("Ctrl+Q",), "", "close",
    ),
    ActionRow(
        "copy",
        QT_TRANSLATE_NOOP("Actions", "&Copy count"),
        QT_TRANSLATE_NOOP("Actions", "Copy the count with one decimal"),
        ("Ctrl+C",), "copy", "clipboard.copy_count", pages=COUNT,
    ),
    ActionRow(
        "copy-picture",
        QT_TRANSLATE_NOOP("Actions", "Copy &picture"),
        QT_TRANSLATE_NOOP("Actions", "Copy what is seen: the picture, its map and its regions"),
        ("Ctrl+Shift+C",), "", "clipboard.copy_picture", pages=COUNT,
    ),
    ActionRow(
        "copy-path",
        QT_TRANSLATE_NOOP("Actions", "Copy &file"),
        QT_TRANSLATE_NOOP("Actions", "Copy the picture's file, or its path where text is pasted"),
        (), "", "clipboard.copy_file", pages=COUNT,
    ),
    ActionRow(
        "paste",
        QT_TRANSLATE_NOOP("Actions", "P&aste picture"),
        QT_TRANSLATE_NOOP("Actions", "Open the picture or the files on the clipboard"),
        ("Ctrl+V",), "", "clipboard.paste",
    ),
)  # fmt: skip

VIEW_ROWS = (
    ActionRow(
        "first",
        QT_TRANSLATE_NOOP("Actions", "First picture"),
        QT_TRANSLATE_NOOP("Actions", "Go to the first picture"),
        ("Ctrl+Home",), "", "page.list.go_first", pages=PICTURE,
    ),
    ActionRow(
        "last",
        QT_TRANSLATE_NOOP("Actions", "Last picture"),
        QT_TRANSLATE_NOOP("Actions", "Go to the last picture"),
        ("Ctrl+End",), "", "page.list.go_last", pages=PICTURE,
    ),
    ActionRow(
        "find",
        QT_TRANSLATE_NOOP("Actions", "Find &by name"),
        QT_TRANSLATE_NOOP("Actions", "Look for an opened picture by its name"),
        ("Ctrl+F",), "", "page.find_by_name", pages=COUNT,
    ),
    ActionRow(
        "previous",
        QT_TRANSLATE_NOOP("Actions", "&Previous picture"),
        QT_TRANSLATE_NOOP("Actions", "Go to the previous picture"),
        ("PgUp",), "previous", "show_previous", pages=PICTURE,
    ),
    ActionRow(
        "next",
        QT_TRANSLATE_NOOP("Actions", "&Next picture"),
        QT_TRANSLATE_NOOP("Actions", "Go to the next picture"),
        ("PgDown",), "next", "show_next", pages=PICTURE,
    ),
    ActionRow(
        "zoom-in",
        QT_TRANSLATE_NOOP("Actions", "Zoom &in"),
        QT_TRANSLATE_NOOP("Actions", "Zoom in"),
        ("+", "=", "Ctrl++", "Ctrl+="), "zoom-in", "zooming.zoom_in", pages=PICTURE,
    ),
    ActionRow(
        "zoom-out",
        QT_TRANSLATE_NOOP("Actions", "Zoom &out"),
        QT_TRANSLATE_NOOP("Actions", "Zoom out"),
        ("-", "Ctrl+-"), "zoom-out", "zooming.zoom_out", pages=PICTURE,
    ),
    ActionRow(
        "fit",
        QT_TRANSLATE_NOOP("Actions", "&Fit to window"),
        QT_TRANSLATE_NOOP("Actions", "Show the whole picture"),
        ("0", "Ctrl+0"), "fit", "zooming.fit", pages=PICTURE,
    ),
    ActionRow(
        "actual",
        QT_TRANSLATE_NOOP("Actions", "&Actual size"),
        QT_TRANSLATE_NOOP("Actions", "Show a pixel of the picture as a pixel of the screen"),
        ("1", "Ctrl+1"), "actual", "zooming.show_actual_size", pages=PICTURE,
    ),
    ActionRow(
        "zoom-to",
        QT_TRANSLATE_NOOP("Actions", "&Zoom to…"),
        QT_TRANSLATE_NOOP("Actions", "Type a zoom as a percentage into the status bar"),
        ("%",), "", "zooming.ask", pages=PICTURE,
    ),
    ActionRow(
        "density",
        QT_TRANSLATE_NOOP("Actions", "&Density map"),
        QT_TRANSLATE_NOOP("Actions", "Show where the people are"),
        ("D",), "density", "set_density", checkable=True, pages=MAP,
    ),
    ActionRow(
        "rectangle",
        QT_TRANSLATE_NOOP("Actions", "&Rectangle"),
        QT_TRANSLATE_NOOP("Actions", "Drag a rectangle to count the people in it"),
        ("R",), "rectangle", "choose_rectangle", checkable=True, pages=COUNT,
    ),
    ActionRow(
        "polygon",
        QT_TRANSLATE_NOOP("Actions", "Pol&ygon"),
        QT_TRANSLATE_NOOP(
            "Actions", "Click the corners of a region; a double click or Enter closes it"
        ),
        ("P",), "polygon", "choose_polygon", checkable=True, pages=COUNT,
    ),
    ActionRow(
        "next-region",
        QT_TRANSLATE_NOOP("Actions", "Ne&xt region"),
        QT_TRANSLATE_NOOP("Actions", "Select the next region"),
        ("G",), "", "page.view.next_region", pages=COUNT,
    ),
    ActionRow(
        "previous-region",
        QT_TRANSLATE_NOOP("Actions", "Previous re&gion"),
        QT_TRANSLATE_NOOP("Actions", "Select the region before"),
        ("Shift+G",), "", "page.view.previous_region", pages=COUNT,
    ),
    ActionRow(
        "rename-region",
        QT_TRANSLATE_NOOP("Actions", "Rena&me region…"),
        QT_TRANSLATE_NOOP("Actions", "Give the selected region a name of your own"),
        ("N",), "", "page.naming.ask", pages=COUNT,
    ),
    ActionRow(
        "duplicate-region",
        QT_TRANSLATE_NOOP("Actions", "Dupl&icate region"),
        QT_TRANSLATE_NOOP("Actions", "Put a copy of the selected region a little aside"),
        ("C",), "", "page.view.duplicate_region", pages=COUNT,
    ),
    ActionRow(
        "save-regions",
        QT_TRANSLATE_NOOP("Actions", "&Save regions…"),
        QT_TRANSLATE_NOOP("Actions", "Save the regions as a file, to have them again"),
        (), "", "region_files.ask_where_to_save", pages=COUNT,
    ),
    ActionRow(
        "load-regions",
        QT_TRANSLATE_NOOP("Actions", "&Load regions…"),
        QT_TRANSLATE_NOOP("Actions", "Take the regions of a file in place of those here"),
        (), "", "region_files.ask_for_file", pages=COUNT,
    ),
    ActionRow(
        "remove-regions",
        QT_TRANSLATE_NOOP("Actions", "Remo&ve regions"),
        QT_TRANSLATE_NOOP("Actions", "Remove the selected region, or all of them"),
        ("Del",), "", "page.view.remove_regions", pages=COUNT,
    ),
    ActionRow(
        "undo",
        QT_TRANSLATE_NOOP("Actions", "&Undo"),
        QT_TRANSLATE_NOOP("Actions", "Take back what was done last to regions or marks"),
        ("Ctrl+Z",), "undo", "history.undo", pages=("count", "label"),
    ),
    ActionRow(
        "redo",
        QT_TRANSLATE_NOOP("Actions", "Re&do"),
        QT_TRANSLATE_NOOP("Actions", "Do again what was taken back"),
        ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "history.redo", pages=("count", "label"),
    ),
    ActionRow(
        "count-all",
        QT_TRANSLATE_NOOP("Actions", "Count a&ll"),
        QT_TRANSLATE_NOOP("Actions", "Count every opened picture"),
        ("F5",), "count-all", "page.all.start", pages=COUNT,
    ),
    ActionRow(
        "cancel",
        QT_TRANSLATE_NOOP("Actions", "Ca&ncel"),
        QT_TRANSLATE_NOOP("Actions", "Stop drawing a region, or the work in the status bar"),
        ("Esc",), "", "cancel",
    ),
    ActionRow(
        "list",
        QT_TRANSLATE_NOOP("Actions", "Picture &list"),
        QT_TRANSLATE_NOOP("Actions", "Show the list of opened pictures"),
        ("F7",), "", "page.show_list", checkable=True, pages=COUNT,
    ),
    ActionRow(
        "facts",
        QT_TRANSLATE_NOOP("Actions", "Re&sult and settings"),
        QT_TRANSLATE_NOOP("Actions", "Show the count and the settings"),
        ("F8",), "", "page.show_facts", checkable=True, pages=COUNT,
    ),
    ActionRow(
        "full-screen",
        QT_TRANSLATE_NOOP("Actions", "F&ull screen"),
        QT_TRANSLATE_NOOP("Actions", "Fill the screen, or leave it"),
        ("F11",), "", "toggle_full_screen",
    ),
)  # fmt: skip

CHOICE_ROWS = (
    ActionRow(
        "theme-system",
        QT_TRANSLATE_NOOP("Actions", "As the &system"),
        QT_TRANSLATE_NOOP("Actions", "Light or dark as the system is"),
        (), "", "choose_theme", group="theme", value="system",
    ),
    ActionRow(
        "theme-light",
        QT_TRANSLATE_NOOP("Actions", "&Light"),
        QT_TRANSLATE_NOOP("Actions", "Dark text on light ground"),
        (), "", "choose_theme", group="theme", value="light",
    ),
    ActionRow(
        "theme-dark",
        QT_TRANSLATE_NOOP("Actions", "&Dark"),
        QT_TRANSLATE_NOOP("Actions", "Light text on dark ground"),
        (), "", "choose_theme", group="theme", value="dark",
    ),
    # A language is named in itself, so that who cannot read the present one finds it.
    ActionRow(
        "language-en", "English", "English",
        (), "", "choose_language", group="language", value="en",
    ),
    ActionRow(
        "language-ko", "한국어", "한국어",
        (), "", "choose_language", group="language", value="ko",
    ),
    ActionRow(
        "tour",
        QT_TRANSLATE_NOOP("Actions", "Take the &tour"),
        QT_TRANSLATE_NOOP("Actions", "Show in four steps what the program does"),
        (), "", "help.show_tour",
    ),
    ActionRow(
        "actions",
        QT_TRANSLATE_NOOP("Actions", "Actions and &keys…"),
        QT_TRANSLATE_NOOP("Actions", "Find any action, carry it out, and see or change its keys"),
        ("Ctrl+/", "Ctrl+?"), "", "help.show_actions",
    ),
    ActionRow(
        "log",
        QT_TRANSLATE_NOOP("Actions", "Open the &log's folder"),
        QT_TRANSLATE_NOOP("Actions", "Open the folder of the log and of crash reports"),
        (), "", "help.show_log",
    ),
    ActionRow(
        "reset",
        QT_TRANSLATE_NOOP("Actions", "&Reset settings…"),
        QT_TRANSLATE_NOOP("Actions", "Make all settings as they were at the first start"),
        (), "", "help.ask_to_reset",
    ),
    ActionRow(
        "about",
        QT_TRANSLATE_NOOP("Actions", "&About crowdgui"),
        QT_TRANSLATE_NOOP("Actions", "Versions and licences"),
        ("F1",), "info", "help.show_about",
    ),
)  # fmt: skip

WORK_ROWS = (
    ActionRow(
        "choose-data",
        QT_TRANSLATE_NOOP("Actions", "&Choose annotated pictures…"),
        QT_TRANSLATE_NOOP("Actions", "Choose a folder of annotated pictures"),
        ("Ctrl+D",), "folder", "evaluating.ask_for_data", opens="evaluate",
    ),
    ActionRow(
        "evaluate",
        QT_TRANSLATE_NOOP("Actions", "&Evaluate"),
        QT_TRANSLATE_NOOP("Actions", "Compare the models' counts with the truth"),
        ("Ctrl+R",), "count-all", "evaluating.start", pages=EVALUATE,
    ),
    ActionRow(
        "export-table",
        QT_TRANSLATE_NOOP("Actions", "E&xport results…"),
        QT_TRANSLATE_NOOP("Actions", "Save the table or all pictures' errors as CSV or JSON"),
        ("Ctrl+Shift+E",), "save", "evaluating.ask_where_to_export", pages=EVALUATE,
    ),
    ActionRow(
        "import-model",
        QT_TRANSLATE_NOOP("Actions", "&Import a model…"),
        QT_TRANSLATE_NOOP("Actions", "Add a model: .safetensors, .onnx, .pth or .h5"),
        ("Ctrl+I",), "import", "installed.ask_for_model", opens="models",
    ),
    ActionRow(
        "rename-model",
        QT_TRANSLATE_NOOP("Actions", "Re&name the model"),
        QT_TRANSLATE_NOOP("Actions", "Give a model that you added another name"),
        ("F2",), "rename", "installed.rename", pages=MODELS,
    ),
    ActionRow(
        "remove-model",
        QT_TRANSLATE_NOOP("Actions", "Remo&ve the model…"),
        QT_TRANSLATE_NOOP("Actions", "Delete a model that you added"),
        (), "clear", "installed.ask_to_remove", pages=MODELS,
    ),
    ActionRow(
        "default-model",
        QT_TRANSLATE_NOOP("Actions", "Use by &default"),
        QT_TRANSLATE_NOOP("Actions", "Count with this model, now and at every start"),
        (), "default", "installed.make_default", pages=MODELS,
    ),
)  # fmt: skip
