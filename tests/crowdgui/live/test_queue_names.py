"""Where messages for a broker wait: a file of its own for each broker and watcher."""

from __future__ import annotations

import os

import pytest

from crowdgui.live.broker import Broker
from crowdgui.live.publisher import default_spool
from crowdgui.live.spool import Spool


@pytest.mark.parametrize("topic", ["hall", "정" * 200, "\N{CROWN}" * 200])
def test_a_queue_has_a_name_that_any_disk_takes(topic: str) -> None:
    path = default_spool(Broker.parse(f"mqtt://host/{topic}"), "문" * 60)
    # SQLite keeps NAME-journal beside it.
    assert len(os.fsencode(f"{path.name}-journal")) < 256
    Spool(path).close()


def test_long_names_share_no_queue() -> None:
    broker = Broker.parse(f"mqtt://host/{'x' * 200}")
    assert default_spool(broker, "north") != default_spool(broker, "south")
    assert default_spool(broker, "north") == default_spool(broker, "north")
    # What is written as "-" in names is not the same.
    apart = [Broker.parse(f"mqtt://host/{topic}") for topic in ("a/b", "a-b")]
    assert default_spool(apart[0], "north") != default_spool(apart[1], "north")


def test_what_waits_under_an_old_name_is_not_lost() -> None:
    broker = Broker.parse("mqtt://host/hall")
    old = default_spool(broker, "north").with_name("host-1883-hall-north.sqlite")
    queue = Spool(old)
    queue.add([("hall/north/counts", "{}")])
    queue.close()
    assert default_spool(broker, "north") == old
