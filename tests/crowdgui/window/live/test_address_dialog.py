"""Naming a stream whose password nobody may see."""

from __future__ import annotations

import sys
from types import ModuleType

import pytest
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit
from pytestqt.qtbot import QtBot

from crowdgui.live import credentials
from crowdgui.window.live.address_dialog import AddressDialog
from crowdgui.window.main_window import MainWindow
from live_pages import LIMIT_MS
from small_streams import MjpegServer

OK = QDialogButtonBox.StandardButton.Ok


@pytest.fixture
def address(window: MainWindow) -> AddressDialog:
    window.show_page("live")
    window.actions_["live-address"].trigger()
    (dialog,) = window.findChildren(AddressDialog)
    return dialog


def test_an_address_that_was_pasted_whole_loses_its_password(address: AddressDialog) -> None:
    address.address.setText("rtsp://ann:p%40ss@word@10.0.0.7:554/a?b=1")
    address.address.editingFinished.emit()
    assert address.address.text() == "rtsp://10.0.0.7:554/a?b=1"
    assert address.user.text() == "ann"
    assert address.password.text() == "p@ss@word"
    assert address.password.echoMode() == QLineEdit.EchoMode.Password
    assert address.password.displayText() == "●" * 9
    assert address.word() == "rtsp://ann:p%40ss%40word@10.0.0.7:554/a?b=1"


def test_a_user_in_the_address_gets_the_password_of_its_field(address: AddressDialog) -> None:
    address.address.setText("rtsp://ann@10.0.0.7/a")
    address.password.setText("p w")
    address.address.editingFinished.emit()
    assert (address.address.text(), address.user.text()) == ("rtsp://10.0.0.7/a", "ann")
    assert address.word() == "rtsp://ann:p%20w@10.0.0.7/a"
    # What stands in its own field is meant.
    address.user.setText("bea")
    address.address.setText("rtsp://ann@10.0.0.7/a")
    address.address.editingFinished.emit()
    assert address.word() == "rtsp://bea:p%20w@10.0.0.7/a"


def test_a_password_may_hold_blanks(address: AddressDialog) -> None:
    address.address.setText("rtsp://ann:my word@10.0.0.7/a")
    address.address.editingFinished.emit()
    assert address.address.text() == "rtsp://10.0.0.7/a"
    assert address.password.text() == "my word"


def test_a_port_is_no_password(address: AddressDialog) -> None:
    address.address.setText("rtsp://1.2.3.4:554/stream@1")
    address.address.editingFinished.emit()
    assert address.word() == "rtsp://1.2.3.4:554/stream@1"
    assert address.user.text() == address.password.text() == ""


@pytest.mark.parametrize(
    ("text", "usable"),
    [("", False), ("10.0.0.7", False), ("ftp://x/y", False), ("rtsp://", False),
     ("rtsp://h/s", True), ("HTTP://h:80/v", True), ("${CAMERA}", True)],
)  # fmt: skip
def test_only_addresses_can_be_opened(address: AddressDialog, text: str, usable: bool) -> None:
    address.address.setText(text)
    assert address.buttons.button(OK).isEnabled() == usable


def test_a_variable_stays_a_variable(address: AddressDialog) -> None:
    address.address.setText("rtsp://h/s")
    address.user.setText("ann")
    address.password.setText("${CAMERA_PASSWORD}")
    assert address.word() == "rtsp://ann:${CAMERA_PASSWORD}@h/s"


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A keyring in memory; its account: its password."""
    kept: dict[str, str] = {}
    module, errors = ModuleType("keyring"), ModuleType("keyring.errors")
    module.set_password = lambda _s, account, password: kept.update({account: password})  # type: ignore[attr-defined]
    module.get_password = lambda _s, account: kept.get(account)  # type: ignore[attr-defined]
    errors.KeyringError = type("KeyringError", (Exception,), {})  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr(credentials, "keyring_available", lambda: True)
    return kept


def texts_of(window: MainWindow) -> str:
    """Return all that anybody could read on the page, in the settings and in the messages."""
    page = window.live
    state = page.source.state() if page.source is not None else ""
    notices = [bar.notice.text() for bar in window.notices.bars()]
    return f"{state} {page.figures.name.text()} {window.settings} {notices} {window.windowTitle()}"


def test_a_password_goes_into_the_keyring_and_nowhere_else(
    window: MainWindow, address: AddressDialog, qtbot: QtBot, keyring: dict[str, str]
) -> None:
    server = MjpegServer("ann", "s3cret")
    try:
        address.address.setText(f"http://ann:s3cret@127.0.0.1:{server.port}/stream")
        address.accept()
        page = window.live
        qtbot.waitUntil(
            lambda: page.source is not None and page.source.latest is not None, timeout=LIMIT_MS
        )
        assert keyring == {f"http://ann@127.0.0.1:{server.port}": "s3cret"}
        name = f"http://ann@127.0.0.1:{server.port}/stream"
        assert page.source.name == name
        assert window.settings.recent == [name]
        assert "s3cret" not in texts_of(window)
    finally:
        server.close()


@pytest.mark.parametrize("query", ["user=admin&pwd=geheim", "token=geheim"])
def test_an_address_with_a_secret_in_its_query_is_not_remembered(
    window: MainWindow, address: AddressDialog, qtbot: QtBot, query: str
) -> None:
    server = MjpegServer()
    try:
        address.address.setText(f"http://127.0.0.1:{server.port}/stream?{query}")
        address.accept()
        qtbot.waitUntil(lambda: window.live.source is not None, timeout=LIMIT_MS)
        assert window.settings.recent == []
        assert "geheim" not in texts_of(window)
    finally:
        server.close()


def test_without_a_keyring_the_password_is_kept_for_this_run_alone(
    window: MainWindow, address: AddressDialog, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "keyring_available", lambda: False)
    server = MjpegServer("ann", "s3cret")
    try:
        address.address.setText(f"http://ann:s3cret@127.0.0.1:{server.port}/stream")
        address.accept()
        page = window.live
        qtbot.waitUntil(
            lambda: page.source is not None and page.source.latest is not None, timeout=LIMIT_MS
        )
        assert "There is no keyring" in window.notices.bars()[-1].notice.text()
        assert window.settings.recent == []
        assert page.source.name == f"http://ann:***@127.0.0.1:{server.port}/stream"
        assert "s3cret" not in texts_of(window)
    finally:
        server.close()


def test_a_wrong_password_is_said(window: MainWindow, qtbot: QtBot) -> None:
    server = MjpegServer("ann", "s3cret")
    try:
        window.open_words([f"http://ann:wr0ng@127.0.0.1:{server.port}/stream"])
        page = window.live
        qtbot.waitUntil(lambda: bool(page.figures.problem.text()), timeout=LIMIT_MS)
        state = page.source.state()
        assert state.problem is not None
        assert state.problem.code == "stream-password"
        assert "wr0ng" not in texts_of(window)
    finally:
        server.close()


def test_a_wrong_password_is_corrected_by_naming_the_address_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(credentials, "keyring_available", lambda: False)
    server = MjpegServer("ann", "s3cret")
    try:
        window.open_words([f"http://ann:wr0ng@127.0.0.1:{server.port}/stream"])
        page = window.live
        qtbot.waitUntil(lambda: bool(page.figures.problem.text()), timeout=LIMIT_MS)
        before = page.source
        page.sources.add_address(f"http://ann:s3cret@127.0.0.1:{server.port}/stream")
        qtbot.waitUntil(lambda: page.source.latest is not None, timeout=LIMIT_MS)
        assert page.hub.sources == (before,)
    finally:
        server.close()
