"""The fleet page against a real mosquitto, and what it says when there is none."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

import crowdgui.live.broker
import crowdgui.window.fleet.connection
from crowdgui.live.broker import Broker
from crowdgui.live.fleet import Watched
from crowdgui.live.levels import Alert
from crowdgui.live.publisher import Publisher
from crowdgui.live.rows import Row
from crowdgui.window.fleet.page import FleetPage
from crowdgui.window.fleet.table import (
    AGE,
    COUNT,
    COURSE,
    LEVEL,
    RECENT_ROLE,
    SOURCE,
    STATE,
    WATCHER,
)
from crowdgui.window.main_window import MainWindow
from models.errors import UserError
from small_streams import Server, encrypted_mosquitto, free_port, mosquitto, need

LIMIT = 30_000
Publish = Callable[..., Publisher]
ONE = Watched("hall", "camera:0", True, "live", 12.0, {}, None, "mcnn", 1.0, (10.0, 12.0))


def row(count: float, level: str = "crowded", source: str = "camera:0") -> Row:
    zones = {"Gate": count / 2}
    return Row(time.time(), source, "live", 25, count, 40.0, zones, {"Gate": level}, "mcnn")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with mosquitto(tmp_path) as server:
        yield server


@pytest.fixture
def publish(server: Server, tmp_path: Path) -> Iterator[Publish]:
    """Begin watchers by name; each is ended with the test."""
    publishers: list[Publisher] = []

    def begin(name: str) -> Publisher:
        broker = Broker.parse(f"mqtt://127.0.0.1:{server.port}")
        publishers.append(Publisher(broker, name, tmp_path / f"{name}.sqlite"))
        return publishers[-1]

    yield begin
    for publisher in publishers:
        publisher.close()


@pytest.fixture
def page(window: MainWindow) -> FleetPage:
    window.show_page("fleet")
    return window.fleet


def connect(page: FleetPage, address: str) -> None:
    page.form.address.setText(address)
    page.form.button.click()


def texts(page: FleetPage) -> list[list[str]]:
    model = page.model
    return [
        [model.index(r, c).data() for c in (STATE, WATCHER, SOURCE, COUNT, LEVEL)]
        for r in range(model.rowCount())
    ]


def test_nothing_is_connected_before_a_person_asks(page: FleetPage, window: MainWindow) -> None:
    assert page.connection.state == "off"
    assert page.stack.currentWidget() is page.hint
    assert not page.status.isVisible()
    assert window.actions_["fleet-connect"].isEnabled()
    assert not window.actions_["fleet-disconnect"].isEnabled()
    # Without an address there is nothing to connect to.
    window.actions_["fleet-connect"].trigger()
    assert page.connection.state == "off"
    assert page.form.address.hasFocus()
    assert not window.notices.bars()


def test_watchers_come_and_go(
    page: FleetPage, server: Server, publish: Publish, window: MainWindow, qtbot: QtBot
) -> None:
    south, north = publish("south"), publish("north")
    connect(page, f"mqtt://127.0.0.1:{server.port}")
    sentence = f"Connected to mqtt://127.0.0.1:{server.port}."
    qtbot.waitUntil(lambda: page.status.text() == sentence, timeout=LIMIT)
    assert not page.hint.button.isVisible()
    assert "crowdgui watch" in page.hint.text.text()
    qtbot.waitUntil(lambda: north.connected and south.connected, timeout=LIMIT)
    for count in (10.0, 20.0, 30.5):
        south.write([row(count), row(count, "free", "demo:")])
    north.write([row(5.0, "very crowded")])
    qtbot.waitUntil(lambda: len(page.model.rows) == 3, timeout=LIMIT)
    qtbot.waitUntil(lambda: len(page.model.index(2, COURSE).data(RECENT_ROLE)) == 3, timeout=LIMIT)
    assert texts(page) == [
        ["live", "north", "camera:0", "5.0", "very crowded"],
        ["live", "south", "camera:0", "30.5", "crowded"],
        ["live", "south", "demo:", "30.5", "free"],
    ]
    assert page.model.index(1, COURSE).data(RECENT_ROLE) == (10.0, 20.0, 30.5)
    page.table.selectRow(2)
    south.close()
    # Its last words are that it is gone: it stands first, and what was chosen stays so.
    qtbot.waitUntil(lambda: texts(page)[0][:2] == ["offline", "south"], timeout=LIMIT)
    assert [line[0] for line in texts(page)] == ["offline", "offline", "live"]
    assert page.table.selectionModel().selectedRows()[0].row() == 1
    assert page.status.text().endswith(" Sources: 3, offline: 2.")
    offline, live = page.model.index(0, STATE), page.model.index(2, STATE)
    colours = Qt.ItemDataRole.BackgroundRole
    assert offline.data(colours) is not None
    assert live.data(colours) is None
    window.actions_["fleet-disconnect"].trigger()
    assert page.connection.state == "off"
    assert texts(page) == []
    assert page.stack.currentWidget() is page.hint


def test_a_watcher_that_went_before_the_page_came(
    page: FleetPage, server: Server, publish: Publish, qtbot: QtBot
) -> None:
    north, south = publish("north"), publish("south")
    qtbot.waitUntil(lambda: north.connected and south.connected, timeout=LIMIT)
    south.close()
    connect(page, f"mqtt://127.0.0.1:{server.port}")
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=LIMIT)
    assert texts(page) == [["offline", "south", "–", "–", "–"]]
    assert page.model.index(0, AGE).data() == "–"
    north.write([row(5.0)])
    qtbot.waitUntil(lambda: len(page.model.rows) == 2, timeout=LIMIT)
    assert [line[1] for line in texts(page)] == ["south", "north"]


def test_a_watcher_that_is_gone_can_be_forgotten(
    page: FleetPage, server: Server, publish: Publish, qtbot: QtBot
) -> None:
    north, south = publish("north"), publish("south")
    connect(page, f"mqtt://127.0.0.1:{server.port}")
    qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)
    qtbot.waitUntil(lambda: north.connected and south.connected, timeout=LIMIT)
    for publisher in (north, south):
        publisher.write([row(5.0)])
    qtbot.waitUntil(lambda: len(page.model.rows) == 2, timeout=LIMIT)
    page.table.selectRow(1)
    assert not page.table.forget.isEnabled()
    south.close()
    qtbot.waitUntil(page.table.forget.isEnabled, timeout=LIMIT)
    page.table.forget.trigger()
    assert [line[1] for line in texts(page)] == ["north"]
    assert not page.table.forget.isEnabled()
    # Nor does the broker tell of it any more.
    page.form.button.click()
    page.form.button.click()
    qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)
    north.write([row(6.0)])
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=LIMIT)
    north.close()
    qtbot.waitUntil(lambda: texts(page)[0][0] == "offline", timeout=LIMIT)
    assert [line[1] for line in texts(page)] == ["north"]


def test_ages_tick_without_a_message(
    page: FleetPage, server: Server, publish: Publish, qtbot: QtBot
) -> None:
    north = publish("north")
    connect(page, f"mqtt://127.0.0.1:{server.port}")
    qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)
    north.write([row(5.0)])
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=LIMIT)
    seen = set()

    def older() -> bool:
        seen.add(page.model.index(0, AGE).data())
        return len(seen) >= 3

    qtbot.waitUntil(older, timeout=LIMIT)


def test_alerts_are_listed(page: FleetPage, server: Server, publish: Publish, qtbot: QtBot) -> None:
    north = publish("north")
    connect(page, f"mqtt://127.0.0.1:{server.port}")
    qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)
    north.write([row(5.0)])
    north.alert(Alert(1.7e9, "camera:0", "Gate", True, "very crowded", 31.0))
    north.alert(Alert(1.7e9, "camera:0", "Gate", False, "free", 3.0))
    qtbot.waitUntil(lambda: page.alerts.list.count() == 2, timeout=LIMIT)
    lines = [page.alerts.list.item(number).text() for number in range(2)]
    assert lines[0].endswith("north, camera:0: alert ended, Gate is free (3 people)")
    assert lines[1].endswith("north, camera:0: Gate is very crowded (31 people)")
    assert page.alerts.isVisible()


def test_a_broker_that_goes_away_and_comes_back(
    page: FleetPage, server: Server, publish: Publish, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    monkeypatch.setattr(crowdgui.live.broker, "KEEPALIVE_S", 2)
    north = publish("north")
    connect(page, f"mqtt://127.0.0.1:{server.port}")
    # Only what is sent after the page subscribed reaches it.
    qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)
    north.write([row(5.0)])
    qtbot.waitUntil(lambda: len(page.model.rows) == 1, timeout=LIMIT)
    server.send(signal.SIGSTOP)
    qtbot.waitUntil(lambda: "cannot be reached" in page.status.text(), timeout=LIMIT)
    # What was known stays on the screen.
    assert texts(page)[0][1] == "north"
    server.send(signal.SIGCONT)
    qtbot.waitUntil(lambda: page.status.text().startswith("Connected to"), timeout=LIMIT)


def test_nobody_answers(page: FleetPage, qtbot: QtBot) -> None:
    connect(page, f"mqtt://127.0.0.1:{free_port()}")
    qtbot.waitUntil(lambda: "cannot be reached" in page.status.text(), timeout=LIMIT)
    assert page.status.isVisible()
    # Whether there are watchers, nobody knows.
    assert "not answered" in page.hint.title.text()
    assert page.form.address.isReadOnly()
    page.form.button.click()
    assert not page.form.address.isReadOnly()
    assert page.connection.state == "off"


@pytest.mark.parametrize(
    ("address", "authority", "said"),
    [
        ("http://127.0.0.1", "", "is no address of a broker"),
        ("mqtt://", "", "is no address of a broker"),
        ("mqtt://user:${NOT_SET_AT_ALL}@127.0.0.1", "", "NOT_SET_AT_ALL"),
        ("mqtts://127.0.0.1", "/no/such/ca.pem", "/no/such/ca.pem"),
    ],
)
def test_wrong_addresses_are_said(
    page: FleetPage, window: MainWindow, qtbot: QtBot, address: str, authority: str, said: str
) -> None:
    page.form.authority.setText(authority)
    connect(page, address)
    qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=LIMIT)
    assert said in window.notices.bars()[0].notice.text()
    assert page.connection.state == "off"
    assert page.form.address.text() == address


def test_a_password_opens_the_broker_and_is_never_kept(
    page: FleetPage, window: MainWindow, tmp_path: Path, home: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    given: list[str] = []

    def remember(address: str) -> str:
        given.append(address)
        raise UserError("keyring-unavailable", reason="none here")

    monkeypatch.setattr(crowdgui.window.fleet.connection, "remember", remember)
    passwords = tmp_path / "passwords"
    try:
        made = subprocess.run(
            ["mosquitto_passwd", "-b", "-c", passwords, "user", "ge@heim"], check=True
        )
    except FileNotFoundError:
        made = None
    need(None if made else "not installed: mosquitto_passwd")
    passwords.chmod(0o644)
    with mosquitto(tmp_path, "allow_anonymous false", f"password_file {passwords}") as server:
        place = f"127.0.0.1:{server.port}"
        connect(page, f"mqtt://user:falsch@{place}")
        qtbot.waitUntil(lambda: "refuses the connection" in page.status.text(), timeout=LIMIT)
        page.form.button.click()
        # The password went from the address into its own field, where nobody reads it.
        assert page.form.address.text() == f"mqtt://user@{place}"
        assert page.form.password.isVisible()
        assert page.form.password.echoMode() == QLineEdit.EchoMode.Password
        page.form.password.setText("ge@heim")
        page.form.button.click()
        qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)
    assert given[-1] == f"mqtt://user:ge%40heim@{place}"
    assert "keyring" in window.notices.bars()[0].notice.text()
    window.close()
    kept = json.loads((home / "settings.json").read_text("utf-8"))
    assert kept["broker"] == f"mqtt://user@{place}"
    assert "heim" not in (home / "settings.json").read_text("utf-8")


@pytest.mark.parametrize("address", ["mqtt:/op:S3cret@broker", "op:S3cret@broker/hall"])
def test_the_password_of_a_mistyped_address_is_neither_kept_nor_said(
    page: FleetPage,
    window: MainWindow,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    address: str,
) -> None:
    window.settings.broker = "mqtt://before"
    with caplog.at_level("INFO", "crowdgui"):
        connect(page, address)
        assert "***" in page.status.text()
        assert "S3cret" not in page.status.text()
        qtbot.waitUntil(lambda: bool(window.notices.bars()), timeout=LIMIT)
    assert "S3cret" not in window.notices.bars()[0].notice.text() + caplog.text
    assert window.settings.broker == "mqtt://before"


# paho leaves the socket of a refused handshake to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_encrypted_broker_with_its_authority(
    page: FleetPage, tmp_path: Path, qtbot: QtBot
) -> None:
    with encrypted_mosquitto(tmp_path) as (server, certificate):
        # Without the file nobody vouches for it.
        connect(page, f"mqtts://127.0.0.1:{server.port}")
        qtbot.waitUntil(lambda: "is not trusted" in page.status.text(), timeout=LIMIT)
        page.form.button.click()
        page.form.authority.setText(str(certificate))
        page.form.button.click()
        qtbot.waitUntil(lambda: page.connection.state == "connected", timeout=LIMIT)


def test_the_address_is_remembered_and_not_connected_to(
    page: FleetPage, window: MainWindow, new_window: Callable[..., MainWindow], qtbot: QtBot
) -> None:
    address = f"mqtts://127.0.0.1:{free_port()}/place"
    page.form.authority.setText("")
    connect(page, address)
    qtbot.waitUntil(lambda: page.connection.state in ("connecting", "away"), timeout=LIMIT)
    window.close()
    again = new_window()
    again.show_page("fleet")
    assert again.fleet.form.address.text() == address
    assert again.fleet.connection.state == "off"
    assert again.fleet.form.authority.isVisible()


def test_it_speaks_korean_at_once(page: FleetPage, window: MainWindow, qtbot: QtBot) -> None:
    window.choose_language("ko")
    qtbot.waitUntil(lambda: page.form.button.text() == "연결")
    page.model.show([replace(ONE, online=False)])
    assert texts(page)[0][0] == "오프라인"
    assert page.hint.button.text() == "연결"


def test_enter_while_connected_changes_nothing(
    page: FleetPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect(page, f"mqtt://127.0.0.1:{free_port()}")
    opened: list[object] = []
    monkeypatch.setattr(page.connection, "open", lambda *given: opened.append(given))
    qtbot.keyClick(page.form.address, Qt.Key.Key_Return)
    assert not opened
    page.form.button.click()
    qtbot.keyClick(page.form.address, Qt.Key.Key_Return)
    assert len(opened) == 1
