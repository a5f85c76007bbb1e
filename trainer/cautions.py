"""What a training says and goes on all the same."""

from __future__ import annotations

from models.errors import UserError
from trainer.causes import cause_of
from trainer.events import Event, make_event


def caution(code: str, **facts: object) -> Event:
    """Return the event that says a sentence of models.errors, in other languages too."""
    said = UserError(code, **facts)
    return make_event("warning", message=str(said), **cause_of(said))
