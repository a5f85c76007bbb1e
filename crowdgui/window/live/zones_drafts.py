"""Zones while they are being drawn: they may be wrong for a moment, and every step goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

from crowdgui.live.zones import LIMITS, Point, Zone, check_names
from models.errors import UserError

MOST_STEPS = 200


@dataclass(frozen=True)
class Draft:
    """A Zone that is not checked yet; the fields are those of crowdgui.live.zones.Zone."""

    name: str
    points: tuple[Point, ...]
    capacity: float | None = None
    area_m2: float | None = None
    limits: tuple[float, float, float] = LIMITS
    hysteresis: float = 0.1
    hold_s: float = 5.0
    alert_at: int = 3

    def zone(self) -> Zone:
        """Return the zone; raises UserError as Zone does."""
        return Zone(**{field.name: getattr(self, field.name) for field in fields(self)})


def draft_of(zone: Zone) -> Draft:
    return Draft(**asdict(zone))


class Drafts:
    """The drafts now, and how they came to be.

    Steps of one `key`, one after the other, are one step: a drag, the typing in one field.
    """

    def __init__(self, zones: Sequence[Zone]) -> None:
        self._states = [tuple(draft_of(zone) for zone in zones)]
        self._keys = [""]
        self._place = 0

    @property
    def now(self) -> tuple[Draft, ...]:
        return self._states[self._place]

    @property
    def altered(self) -> bool:
        """Whether they are others than in the beginning."""
        return self.now != self._states[0]

    @property
    def can_undo(self) -> bool:
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        return self._place < len(self._states) - 1

    def change(self, drafts: Sequence[Draft], key: str = "") -> None:
        """Make a step; what had been undone is gone then."""
        wanted = tuple(drafts)
        if wanted == self.now:
            return
        del self._states[self._place + 1 :], self._keys[self._place + 1 :]
        if key and key == self._keys[-1]:
            self._states[-1] = wanted
            return
        self._states.append(wanted)
        self._keys.append(key)
        if len(self._states) > MOST_STEPS:
            # The first stays: it is what `altered` compares with.
            del self._states[1], self._keys[1]
        self._place = len(self._states) - 1

    def undo(self) -> None:
        self._place = max(self._place - 1, 0)

    def redo(self) -> None:
        self._place = min(self._place + 1, len(self._states) - 1)

    def zones(self) -> tuple[Zone, ...]:
        """Return all as zones; raises UserError zone-points, zone-crossing or zone-invalid."""
        zones = tuple(draft.zone() for draft in self.now)
        check_names(zones)
        return zones

    def problem(self) -> UserError | None:
        """Return the first thing that is wrong, None where all can be used."""
        try:
            self.zones()
        except UserError as error:
            return error
        return None


def is_sound(draft: Draft) -> bool:
    """Whether a draft, by itself, can be used."""
    try:
        draft.zone()
    except UserError:
        return False
    return True
