"""Who started the program by a double click is told why there is no window."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from crowdgui import app, log_file, without_qt
from models.errors import UserError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="a library is missing on Linux")


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH, and no terminal."""
    monkeypatch.setattr(log_file, "user_log_path", lambda *_a, **_k: tmp_path / "log")
    monkeypatch.setattr(without_qt, "_has_terminal", lambda: False)
    commands = tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", str(commands))
    return commands


def put(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


def test_the_first_dialog_that_works_shows_the_sentence(desktop: Path) -> None:
    put(desktop, "zenity", "exit 255")
    put(desktop, "xmessage", f'echo "$2" > "{desktop}/shown"')
    put(desktop, "notify-send", f'echo "$2" > "{desktop}/shown twice"')
    assert without_qt.show_sentence("The system lacks 도서관") == "xmessage"
    assert (desktop / "shown").read_text("utf-8") == "The system lacks 도서관\n"
    assert not (desktop / "shown twice").exists()
    logged = (desktop.parent / "log" / "crowdgui.log").read_text("utf-8")
    assert "ERROR The system lacks 도서관" in logged


# The dialog is to outlive the program, so nobody waits for its end.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_dialog_that_stays_open_is_not_waited_for(
    desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(without_qt, "FAILS_WITHIN_S", 0.1)
    put(desktop, "kdialog", "exec /bin/sleep 20")
    assert without_qt.show_sentence("wait") == "kdialog"


def test_where_nothing_can_show_it_the_log_has_it(desktop: Path) -> None:
    before = logging.getLogger("crowdgui").handlers[:]
    assert without_qt.show_sentence("alone") == ""
    assert "alone" in (desktop.parent / "log" / "crowdgui.log").read_text("utf-8")
    assert logging.getLogger("crowdgui").handlers == before


def test_a_terminal_is_enough(desktop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(without_qt, "_has_terminal", lambda: True)
    put(desktop, "zenity", f'echo "$2" > "{desktop}/shown"')
    assert without_qt.show_sentence("on the terminal") == ""
    assert not (desktop / "shown").exists()


def test_a_missing_library_is_shown_and_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def lacking() -> None:
        raise UserError("library-missing", libraries="libGL.so.1", packages="libgl1")

    shown: list[str] = []
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(app, "check_system_libraries", lacking)
    monkeypatch.setattr(app.gc, "disable", lambda: None)  # other tests want their garbage taken
    monkeypatch.setattr(app, "show_sentence", shown.append)
    monkeypatch.setattr(sys, "argv", ["crowdgui"])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 2
    assert shown[0].endswith("sudo apt-get install libgl1")
    assert shown[0] in capsys.readouterr().err
