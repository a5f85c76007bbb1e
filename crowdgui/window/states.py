"""What the window says of itself: which actions can be used now, and its title."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crowdgui.window.action_table import ROWS
from crowdgui.window.counting.action_states import picture_states
from crowdgui.window.counting.list_model import entry_name
from crowdgui.window.pages import PAGES

if TYPE_CHECKING:
    from crowdgui.window.main_window import MainWindow

PAGE_IDS = tuple(page.id for page in PAGES)


def action_states(window: MainWindow) -> dict[str, bool]:
    """Return which actions can be used, of those that not always can.

    What opens something can be used on every page, unless its own page says otherwise.
    """
    own = {name: _states_of(page) for name, page in window.pages.items()}
    front = {**picture_states(window.page), **own[window.front]}
    found = {}
    for row in ROWS:
        if row.opens:
            found[row.id] = row.opens in PAGE_IDS and own.get(row.opens, {}).get(row.id, True)
        elif row.pages:
            found[row.id] = window.front in row.pages and bool(front.get(row.id, True))
    return found


def _states_of(page: Any) -> dict[str, bool]:
    return page.action_states() if hasattr(page, "action_states") else {}


def title(window: MainWindow) -> str:
    """Return what is in front; how far a training is stands first, which the task bar shows."""
    trained = window.training.title_prefix if "train" in window.pages else ""
    return " — ".join(part for part in (trained, _front(window), "crowdgui") if part)


def _front(window: MainWindow) -> str:
    """Return the picture that is counted, or the page with what it shows."""
    session = window.page.session
    entry = session.awaited or session.shown
    shown = entry_name(entry) if entry is not None else ""
    if window.front == "count":
        return shown
    if window.front == "live":
        source = window.live.source
        shown = window.live.hub.known.title(source.name) if source is not None else ""
    elif window.front not in ("compare", "label"):
        shown = ""
    page = window.actions_[f"page-{window.front}"].iconText()
    return f"{page}: {shown}" if shown else page
