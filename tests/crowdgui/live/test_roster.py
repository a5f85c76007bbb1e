"""What the fleet makes of messages: repeats, nonsense, silence, and watchers that began anew."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pytest

from crowdgui.live.fleet import Repeats, Roster, Watched


def test_repeats_are_known_whatever_the_order() -> None:
    repeats = Repeats()
    rng = np.random.default_rng(0)
    sequence = [int(n) for n in rng.permutation(np.repeat(np.arange(1, 400), 3))]
    assert sum(repeats.is_new("a", number) for number in sequence) == 399
    assert repeats.is_new("b", 1)
    assert not repeats.is_new("b", 1)
    # Who comes late hears the middle of a boot; nothing grows without end.
    assert all(repeats.is_new("late", number) for number in range(5000, 12_000))
    assert not repeats.is_new("late", 11_999)
    assert sum(len(above) for _, above in repeats._boots.values()) <= 1001
    # An old number that was never heard is a repeat no longer to be told from a new one.
    assert not repeats.is_new("late", 3)


def test_the_roster_takes_only_what_it_can_read() -> None:
    roster = Roster()
    good = {
        "watcher": "w", "boot": "b", "sequence": 1, "source": "camera:0", "state": "live",
        "count": 3.5, "zones": {}, "level": None, "model": "m", "time": "t",
    }  # fmt: skip
    bad: list[bytes] = [
        b"", b"[]", b"\xff", b"{}", b"x" * 100_000,
        json.dumps({**good, "sequence": "many"}).encode(),
        json.dumps({**good, "sequence": 2, "level": "<b>full</b>"}).encode(),
        json.dumps({**good, "sequence": 3, "zones": {"a": 5}}).encode(),
        json.dumps(good).replace('"sequence": 1', '"sequence": 1e999').encode(),
        json.dumps({**good, "sequence": 4}).replace("3.5", "1e999").encode(),
        json.dumps({**good, "sequence": 5, "count": float("nan")}).encode(),
        json.dumps({**good, "sequence": 6, "count": "nan"}).encode(),
        json.dumps({**good, "sequence": 7, "count": 10**400}).encode(),
        b"[" * 60_000,
    ]  # fmt: skip
    for payload in bad:
        roster.hear("counts", payload, 0)
    assert roster.unreadable == len(bad)
    assert roster.watchers(0) == []
    roster.hear("counts", json.dumps(good).encode(), 100.0)
    roster.hear("counts", json.dumps(good).encode(), 101.0)
    assert roster.repeats == 1
    (watched,) = roster.watchers(105.0)
    assert (watched.count, watched.age_s, watched.online) == (3.5, 5.0, True)
    (silent,) = roster.watchers(200.0)
    assert not silent.online
    roster.hear("status", json.dumps({"watcher": "w", "online": False}).encode(), 106.0)
    assert not roster.watchers(106.0)[0].online


def status(boot: str, online: bool) -> bytes:
    return json.dumps({"watcher": "w", "boot": boot, "online": online}).encode()


def test_a_last_will_of_an_old_boot_does_not_end_the_new_one() -> None:
    roster = Roster()
    facts = {
        "watcher": "w", "boot": "old", "sequence": 1, "source": "camera:0", "state": "live",
        "count": 3.5, "zones": {}, "level": None, "model": "m",
    }  # fmt: skip
    roster.hear("status", status("old", True), 0.0)
    roster.hear("status", status("new", True), 0.0)
    roster.hear("counts", json.dumps(facts).encode(), 0.0)
    roster.hear("status", status("old", False), 1.0)
    assert roster.watchers(1.0)[0].online
    roster.hear("status", status("new", False), 2.0)
    assert not roster.watchers(2.0)[0].online
    # Who comes later hears the old will from the broker first, then what is said now.
    late = Roster()
    late.hear("status", status("old", False), 0.0)
    late.hear("counts", json.dumps(facts | {"boot": "new"}).encode(), 0.0)
    assert late.watchers(1.0)[0].online
    late.hear("status", status("old", False), 2.0)
    assert late.watchers(2.0)[0].online
    late.hear("status", status("new", False), 3.0)
    assert not late.watchers(3.0)[0].online


def test_a_video_that_is_over_is_not_offline() -> None:
    roster = Roster()
    facts = {
        "watcher": "w", "boot": "b", "sequence": 1, "source": "v.mp4", "state": "ended",
        "count": 3.5, "zones": {}, "level": None, "model": "m",
    }  # fmt: skip
    roster.hear("counts", json.dumps(facts).encode(), 0.0)
    assert roster.watchers(1e4)[0].online
    roster.hear("status", status("b", False), 0.0)
    assert not roster.watchers(1.0)[0].online


def test_who_speaks_seldom_is_not_offline_between_two_words() -> None:
    roster = Roster()
    facts = {
        "watcher": "w", "boot": "b", "sequence": 1, "source": "camera:0", "state": "live",
        "count": 3.5, "zones": {}, "level": None, "model": "m", "interval": 60,
    }  # fmt: skip
    roster.hear("counts", json.dumps(facts).encode(), 0.0)
    assert roster.watchers(179.0)[0].online
    assert not roster.watchers(181.0)[0].online
    # Nobody stays online for ever by promising an interval without end.
    roster.hear("counts", json.dumps(facts | {"sequence": 2, "interval": 1e300}).encode(), 0.0)
    assert not roster.watchers(1e6)[0].online


def iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def test_what_the_broker_has_kept_for_the_fleet_has_its_true_age() -> None:
    roster, numbers = Roster(), iter(range(1, 1000))
    facts = {
        "boot": "b", "state": "live", "count": 1.0, "zones": {}, "level": None, "model": "m",
    }  # fmt: skip

    def hear(watcher: str, made: float, now: float) -> Watched:
        for source in ("camera:0", "camera:1"):
            row = facts | {
                "watcher": watcher, "source": source, "sequence": next(numbers),
                "time": iso(1e6 + made),
            }  # fmt: skip
            roster.hear("counts", json.dumps(row).encode(), now)
        return next(one for one in roster.watchers(now) if one.watcher == watcher)

    for watcher in ("dead", "living", "set back"):
        assert hear(watcher, 10, 10).online
    # The fleet was away for an hour; one watcher died meanwhile, and another's clock was set back.
    roster.return_to_broker()
    for made in (11, 12, 13):
        dead = hear("dead", made, 3600 + made / 1000)
        hear("living", made, 3600 + made / 1000)
    assert dead.age_s == pytest.approx(3587, abs=1)
    assert not dead.online
    for at in (3601, 3602):
        assert hear("living", at, at).online
    hear("set back", 1801, 3601)
    assert hear("set back", 1802, 3602).age_s == 0
    assert not next(one for one in roster.watchers(3602) if one.watcher == "dead").online


def test_what_waited_for_the_broker_is_not_taken_for_now() -> None:
    """A watcher whose clock is hours off was cut off for two hours."""
    roster, clock, numbers = Roster(), 1_000_000.0, iter(range(1, 1000))
    facts = {
        "watcher": "w", "boot": "b", "source": "camera:0", "state": "live", "zones": {},
        "level": None, "model": "m",
    }  # fmt: skip

    def hear(made: float, now: float) -> Watched:
        number = next(numbers)
        row = facts | {"sequence": number, "count": number, "time": iso(clock + made)}
        roster.hear("counts", json.dumps(row).encode(), now)
        return roster.watchers(now)[0]

    def greet(now: float) -> None:
        words = {"watcher": "w", "boot": "b", "online": True, "time": iso(clock + now)}
        roster.hear("status", json.dumps(words).encode(), now)

    greet(0)
    assert (hear(1, 1).age_s, hear(2, 2).online) == (0, True)
    greet(7200)
    for made in (3, 100, 3000):
        late = hear(made, 7200)
        assert late.age_s == 7200 - made
        assert not late.online
    assert late.count == 5
    assert len(late.recent) == 5
    assert hear(7200, 7201).online
    # Its clock is set back by an hour: what it says is still of now.
    clock -= 3600
    for at in (7202, 7203):
        assert (hear(at, at).age_s, hear(at, at).online) == (0, True)
    # It was cut off again, and its clock set back meanwhile.
    clock -= 3600
    greet(9000)
    assert hear(7204, 9000).age_s == 9000 - 7204
    assert hear(9001, 9001).age_s == 0
