"""Messages through a real mosquitto: nothing lost while it is away, repeats recognised."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import paho.mqtt.client as mqtt
import pytest
from paho.mqtt.enums import CallbackAPIVersion

import crowdgui.live.broker
from crowdgui.live.broker import Broker
from crowdgui.live.fleet import Fleet, Roster
from crowdgui.live.levels import Alert
from crowdgui.live.publisher import Publisher, clean_name
from crowdgui.live.rows import Row, Writing
from crowdgui.live.spool import Spool
from models.errors import UserError
from small_streams import Server, encrypted_mosquitto, free_port, mosquitto, need, wait_until


def row(number: int, source: str = "camera:0") -> Row:
    return Row(
        1_700_000_000.0 + number, source, "live", number * 25, number + 0.25, 40.0,
        {"Gate": number / 2}, {"Gate": "crowded"}, "mcnn",
    )  # fmt: skip


class Ear:
    """A plain subscriber that keeps every message as it came."""

    def __init__(self, port: int) -> None:
        self.heard: list[tuple[str, dict[str, Any], bool]] = []
        self.ready = threading.Event()
        # It keeps its session, so that nothing escapes it while the broker is away.
        self.client = mqtt.Client(CallbackAPIVersion.VERSION2, "ear", clean_session=False)
        self.client.on_connect = lambda client, *_: client.subscribe("crowdgui/#", 1)
        self.client.on_subscribe = lambda *_: self.ready.set()
        self.client.on_message = self._keep
        self.client.reconnect_delay_set(1, 1)
        self.client.connect("127.0.0.1", port)
        self.client.loop_start()
        wait_until(self.ready.is_set)

    def _keep(self, _client: object, _data: object, message: Any) -> None:
        self.heard.append((message.topic, json.loads(message.payload), message.retain))

    def counts(self) -> list[dict[str, Any]]:
        return [facts for topic, facts, _ in list(self.heard) if topic.endswith("/counts")]

    def statuses(self) -> list[bool]:
        return [facts["online"] for topic, facts, _ in list(self.heard) if "/status" in topic]

    def close(self) -> None:
        self.client.disconnect()
        self.client.loop_stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with mosquitto(tmp_path) as server:
        yield server


@pytest.fixture
def broker(server: Server) -> Broker:
    return Broker.parse(f"mqtt://127.0.0.1:{server.port}")


def test_rows_arrive_as_json(broker: Broker, server: Server) -> None:
    ear = Ear(server.port)
    publisher = Publisher(broker, "north/gate", interval_s=60.0)
    publisher.write([row(1), row(1, "demo:")])
    publisher.alert(Alert(1_700_000_000.0, "demo:", "Gate", True, "very crowded", 31.0))
    wait_until(lambda: len(ear.counts()) == 2 and publisher.waiting == 0)
    publisher.close()
    wait_until(lambda: ear.statuses() == [True, False])
    ear.close()
    first, second = ear.counts()
    assert first == {
        "v": 1, "boot": publisher.boot, "sequence": 1, "watcher": "north-gate",
        "time": first["time"], "source": "camera:0", "state": "live", "count": 1.25,
        "zones": {"Gate": {"count": 0.5, "level": "crowded"}}, "level": "crowded",
        "model": "mcnn", "interval": 60.0,
    }  # fmt: skip
    assert first["time"].startswith("2023-11-1")
    assert (second["sequence"], second["source"]) == (2, "demo:")
    topics = {topic for topic, _, _ in ear.heard}
    assert topics == {f"crowdgui/north-gate/{kind}" for kind in ("counts", "alerts", "status")}


def test_a_broker_stopped_for_some_seconds_loses_nothing_at_all(tmp_path: Path) -> None:
    lines = ("allow_anonymous true", "persistence true", f"persistence_location {tmp_path}/")
    with mosquitto(tmp_path, *lines) as server:
        broker = Broker.parse(f"mqtt://127.0.0.1:{server.port}")
        ear = Ear(server.port)
        publisher = Publisher(broker, "watcher", tmp_path / "queue.sqlite")
        for number in range(300):
            publisher.write([row(number)])
            if number == 100:
                server.stop()
                wait_until(lambda: publisher.problem is not None)
            elif number == 200:
                wait_until(lambda: publisher.waiting >= 100)
                server.start()
        wait_until(lambda: publisher.waiting == 0, 40)
        wait_until(lambda: {facts["sequence"] for facts in ear.counts()} == set(range(1, 301)))
        publisher.close()
        ear.close()
    heard = ear.counts()
    first = [n for i, facts in enumerate(heard) if (n := facts["sequence"]) not in
             {earlier["sequence"] for earlier in heard[:i]}]  # fmt: skip
    assert first == list(range(1, 301))
    roster = Roster()
    for facts in [*heard, *heard[150:250]]:
        roster.hear("counts", json.dumps(facts).encode(), 0.0)
    assert roster.repeats == len(heard) - 300 + 100
    assert roster.unreadable == 0


def test_a_broker_that_hangs_loses_nothing_on_either_side(
    server: Server, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowdgui.live.broker, "KEEPALIVE_S", 2)
    returns: list[Roster] = []
    monkeypatch.setattr(Roster, "return_to_broker", lambda roster: returns.append(roster))
    fleet, publisher = Fleet(broker), Publisher(broker, "watcher")
    publisher.write([row(0)])
    wait_until(fleet.watchers)
    server.send(signal.SIGSTOP)
    for number in range(1, 100):
        publisher.write([row(number)])
    wait_until(lambda: not publisher.connected and not fleet.connected)
    server.send(signal.SIGCONT)
    for number in range(100, 200):
        publisher.write([row(number)])
    wait_until(lambda: publisher.waiting == 0, 40)
    wait_until(lambda: fleet.watchers()[0].count == 199.25)
    recent = fleet.watchers()[0].recent
    # What the broker has kept is known as such.
    assert len(returns) >= 2
    publisher.close()
    fleet.close()
    # What was in flight came twice to the broker: once it is shown.
    assert recent == tuple(number + 0.25 for number in range(200))


def test_what_waited_when_the_program_ended_is_sent_by_the_next(
    server: Server, broker: Broker, tmp_path: Path
) -> None:
    server.kill()
    publisher = Publisher(broker, "watcher", tmp_path / "queue.sqlite")
    for number in range(5):
        publisher.write([row(number)])
    publisher.close()
    server.start()
    ear = Ear(server.port)
    following = Publisher(broker, "watcher", tmp_path / "queue.sqlite")
    following.write([row(9)])
    wait_until(lambda: len(ear.counts()) == 6)
    wait_until(lambda: following.waiting == 0)
    following.close()
    ear.close()
    boots = [facts["boot"] for facts in ear.counts()]
    assert boots == [publisher.boot] * 5 + [following.boot]
    assert [facts["sequence"] for facts in ear.counts()] == [1, 2, 3, 4, 5, 1]


def test_the_last_will_says_that_a_watcher_died(
    server: Server, broker: Broker, tmp_path: Path
) -> None:
    code = """
import sys
from pathlib import Path
import crowdgui.live.broker
from crowdgui.live.broker import Broker
from crowdgui.live.publisher import Publisher
publisher = Publisher(Broker.parse(sys.argv[1]), "doomed", Path(sys.argv[2]))
sys.stdin.read()
"""
    ear = Ear(server.port)
    words = [sys.executable, "-c", code, broker.name, str(tmp_path / "queue.sqlite")]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as watcher:
        wait_until(lambda: ear.statuses() == [True], 60)
        watcher.kill()
    wait_until(lambda: ear.statuses() == [True, False])
    ear.close()


def test_who_joins_after_a_clock_was_set_back_sees_its_watcher(
    server: Server, broker: Broker, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, ear = time.time(), Ear(server.port)
    monkeypatch.setattr(time, "time", lambda: now)
    publisher = Publisher(broker, "watcher")
    wait_until(lambda: ear.statuses() == [True])
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    wait_until(lambda: ear.statuses() == [True, True])
    fleet = Fleet(broker)
    # It has heard the greeting.
    wait_until(lambda: fleet.roster._clocks)
    publisher.write([replace(row(0), time=now - 3599)])
    wait_until(fleet.watchers)
    assert fleet.watchers()[0].online
    for one in (fleet, publisher, ear):
        one.close()


def test_a_broker_that_refuses(tmp_path: Path) -> None:
    passwords = tmp_path / "passwords"
    need(None if shutil.which("mosquitto_passwd") else "not installed: mosquitto_passwd")
    subprocess.run(["mosquitto_passwd", "-b", "-c", passwords, "user", "geheim"], check=True)
    passwords.chmod(0o644)
    tmp_path.chmod(0o755)
    with mosquitto(tmp_path, "allow_anonymous false", f"password_file {passwords}") as server:
        place = f"127.0.0.1:{server.port}"
        wrong = Publisher(Broker.parse(f"mqtt://user:falsch@{place}"), "w", tmp_path / "1.sqlite")
        right = Publisher(Broker.parse(f"mqtt://user:geheim@{place}"), "r", tmp_path / "2.sqlite")
        wrong.write([row(1)])
        right.write([row(1)])
        wait_until(lambda: right.waiting == 0)
        wait_until(lambda: wrong.problem is not None and wrong.problem.code == "broker-refused")
        wait_until(lambda: "refuses the connection (Not authorized)" in str(wrong.problem))
        assert "falsch" not in str(wrong.problem)
        assert wrong.waiting == 1
        wrong.close()
        right.close()


# paho leaves the socket of a refused handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_encrypted_broker(tmp_path: Path) -> None:
    with encrypted_mosquitto(tmp_path) as (server, certificate):
        address = f"mqtts://127.0.0.1:{server.port}"
        trusted = Publisher(Broker.parse(address, certificate), "t", tmp_path / "1.sqlite")
        trusted.write([row(1)])
        wait_until(lambda: trusted.waiting == 0)
        trusted.close()
        stranger = Publisher(Broker.parse(address), "s", tmp_path / "2.sqlite")
        wait_until(lambda: stranger.problem is not None)
        assert not stranger.connected
        stranger.close()
    with pytest.raises(UserError) as caught:
        Publisher(Broker.parse(address, tmp_path / "mosquitto.conf"), "x", tmp_path / "3.sqlite")
    assert caught.value.code == "broker-ca"
    with pytest.raises(UserError, match="does not exist"):
        Broker.parse(address, tmp_path / "nothing.pem")


def test_nobody_answers(tmp_path: Path) -> None:
    publisher = Publisher(
        Broker.parse(f"mqtt://u:geheim@127.0.0.1:{free_port()}"), "w", tmp_path / "q.sqlite"
    )
    publisher.write([row(1)])
    wait_until(lambda: publisher.problem is not None)
    assert "cannot be reached" in str(publisher.problem)
    assert "geheim" not in str(publisher.problem)
    publisher.close()


def test_the_queue_is_bounded_and_outlives_the_program(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "deep" / "queue.sqlite", most=10)
    for number in range(25):
        spool.add([("topic", str(number))])
    assert (len(spool), spool.dropped) == (10, 15)
    spool.remove([spool.after(0, 1)[0][0]])
    spool.close()
    again = Spool(tmp_path / "deep" / "queue.sqlite")
    with pytest.raises(UserError, match="another watcher of this name"):
        Spool(tmp_path / "deep" / "queue.sqlite")
    assert [payload for _, _, payload in again.after(0, 100)] == [str(n) for n in range(16, 25)]
    again.close()
    (tmp_path / "file").write_text("")
    with pytest.raises(UserError, match="cannot be written"):
        Spool(tmp_path / "file" / "queue.sqlite")


class Failing:
    """A connection to a file whose writes or commits fail while `broken` says so."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self.file, self.broken = file, False

    def _fail(self) -> None:
        if self.broken:
            raise sqlite3.OperationalError("disk I/O error")

    def execute(self, *words: Any) -> sqlite3.Cursor:
        self._fail()
        return self.file.execute(*words)

    def executemany(self, *words: Any) -> sqlite3.Cursor:
        return self.file.executemany(*words)

    def commit(self) -> None:
        self._fail()
        self.file.commit()

    def close(self) -> None:
        self.file.close()

    def __enter__(self) -> None:
        self.file.__enter__()

    def __exit__(self, *reason: object) -> None:
        self.file.__exit__(*reason)


def test_what_the_disk_does_not_take_is_not_said_to_wait(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "queue.sqlite")
    spool.add([("topic", "1")])
    failing: Any = Failing(spool._file)
    spool._file = failing
    failing.broken = True
    for work in (lambda: spool.add([("topic", "2")]), lambda: spool.remove([1]),
                 lambda: spool.after(0, 9)):  # fmt: skip
        with pytest.raises(UserError, match="disk I/O error"):
            work()
    assert len(spool) == 1
    failing.broken = False
    assert [payload for _, _, payload in spool.after(0, 9)] == ["1"]
    spool.close()


def test_a_disk_that_fails_for_a_while_does_not_end_the_sending(
    server: Server, broker: Broker, tmp_path: Path
) -> None:
    ear = Ear(server.port)
    publisher = Publisher(broker, "watcher", tmp_path / "queue.sqlite")
    wait_until(lambda: publisher.connected)
    spool = publisher._spool
    good, failed = spool.after, threading.Event()

    def fail(_number: int, _most: int) -> list[tuple[int, str, str]]:
        failed.set()
        raise UserError("path-unwritable", path=tmp_path, reason="disk I/O error")

    spool.after = fail  # type: ignore[method-assign]
    writing = Writing([publisher])
    said = [error for number in range(3) for error in writing.write([row(number)])]
    wait_until(lambda: failed.is_set() and publisher._trouble is not None)
    said += [error for number in range(3, 6) for error in writing.write([row(number)])]
    assert [error.code for error in said] == ["path-unwritable"]
    spool.after = good  # type: ignore[method-assign]
    wait_until(lambda: len(ear.counts()) == 6 and publisher.waiting == 0)
    publisher.close()
    ear.close()


def test_names_as_one_level_of_a_topic() -> None:
    assert clean_name("a/b+c# d") == "a-b-c-d"
    assert clean_name("정문") == "정문"
    assert clean_name("/#") == "watcher"


@pytest.mark.parametrize("host", ["broker..local", f"{'a' * 64}.local"])
def test_a_host_that_cannot_be_is_said_at_once(host: str) -> None:
    with pytest.raises(UserError) as caught:
        Broker.parse(f"mqtt://{host}/hall")
    assert caught.value.code == "broker-invalid"


def test_hosts_that_can_be() -> None:
    for host in ("broker", "10.0.0.7", "[::1]", "a_b.local.", "브로커.kr"):
        Broker.parse(f"mqtt://{host}/hall")
