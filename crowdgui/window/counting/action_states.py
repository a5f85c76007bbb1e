"""Which actions can be used with the pictures that are open."""

from __future__ import annotations

from crowdgui.window.counting.page import CountingPage


def picture_states(page: CountingPage) -> dict[str, bool]:
    """Return what can be done with the pictures of the counting page."""
    session, rows = page.session, page.list.rows
    has_result, has_picture = session.prediction is not None, session.picture is not None
    several = len(session.entries) > 1
    entry = session.current_entry
    names = ("zoom-in", "zoom-out", "fit", "actual", "zoom-to", "density", "rectangle", "polygon",
             "facts", "load-regions")  # fmt: skip
    return {
        **dict.fromkeys((*names, "copy-picture"), has_picture),
        **dict.fromkeys(("save", "save-density", "copy"), has_result),
        **dict.fromkeys(("clear", "close-picture"), bool(session.entries)),
        **dict.fromkeys(("copy-path", "show-in-folder"), entry is not None and entry.is_file),
        "export-counts": any(entry.results for entry in session.entries),
        **dict.fromkeys(
            ("next-region", "previous-region", "remove-regions", "save-regions"),
            bool(session.regions),
        ),
        "undo": has_picture and (page.history.can_undo() or page.view.tool.mode == "polygon"),
        "redo": has_picture and page.history.can_redo(),
        **dict.fromkeys(("list", "find"), several),
        **dict.fromkeys(
            ("rename-region", "duplicate-region"), page.view.chosen_region() is not None
        ),
        "count-all": several and page.all.work is None and bool(session.model),
        **dict.fromkeys(
            ("first", "previous"), several and rows.neighbour(session.current, -1) is not None
        ),
        **dict.fromkeys(
            ("next", "last"), several and rows.neighbour(session.current, 1) is not None
        ),
    }
