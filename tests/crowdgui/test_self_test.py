"""The self-test tells a program that works from one that does not."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from crowdgui import own_command, self_test, system_libraries
from models import catalogue
from models.errors import UserError

ROOT = Path(__file__).resolve().parents[2]


def good() -> Iterator[str]:
    yield "done"


def bad() -> Iterator[str]:
    yield "begun"
    raise self_test.BrokenError("no count")


def test_a_line_for_each_part_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(self_test, "parts", lambda _scratch: [("one", good), ("two", good)])
    assert self_test.self_test() == 0
    assert capsys.readouterr().out == "ok      one: done\nok      two: done\nAll parts work.\n"
    monkeypatch.setattr(self_test, "parts", lambda _scratch: [("one", bad), ("two", good)])
    assert self_test.self_test() == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["FAILED  one: BrokenError: no count", "ok      two: done"]
    assert lines[-1] == "1 parts FAILED"


def test_a_program_without_models_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path)
    with pytest.raises(self_test.BrokenError, match="no model came"):
        list(self_test.count_models())


def test_engines_that_disagree_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(self_test.SAME, "fp32", 1e-12)
    with pytest.raises(self_test.BrokenError, match="counts"):
        list(self_test.count_models())


def test_every_precision_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    mcnn = catalogue.find_model("mcnn")
    monkeypatch.setattr(catalogue, "installed", lambda: [mcnn])
    (sentence,) = self_test.count_models()
    for way in ("openvino fp32", "openvino bf16", "openvino int8", "torch fp32"):
        assert f"({way})" in sentence
    monkeypatch.setattr(catalogue, "INT8_SUFFIX", ".nothing")
    with pytest.raises(self_test.BrokenError, match=r"counts in \{'int8'\}"):
        list(self_test.count_models())


def test_video_and_demo_play(tmp_path: Path) -> None:
    assert "5 frames of 640x360" in next(self_test.play_video(tmp_path))
    assert "5 frames" in next(self_test.play_demo())


def test_a_library_that_is_lost_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "find_spec", lambda name: name)
    monkeypatch.setattr(self_test, "LIBRARIES", ("filelock", "paho.mqtt.client"))
    assert list(self_test.load_libraries()) == ["2 of 2"]
    monkeypatch.setitem(sys.modules, "filelock", None)
    with pytest.raises(ImportError, match="filelock"):
        list(self_test.load_libraries())


def test_steps_are_taken_in_a_child(tmp_path: Path) -> None:
    (sentence,) = self_test.distil(tmp_path)
    assert sentence.startswith("2 distillation steps in a child process, losses ")


def test_the_child_keeps_its_caches_in_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, str] = {}

    def run(*_words: object, env: dict[str, str], **_more: object) -> SimpleNamespace:
        given.update(env)
        return SimpleNamespace(returncode=1, stderr="")

    monkeypatch.setattr(self_test.subprocess, "run", run)
    with pytest.raises(self_test.BrokenError):
        list(self_test.distil(tmp_path))
    for name in ("XDG_CACHE_HOME", "LOCALAPPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        assert Path(given[name]).is_relative_to(tmp_path)


def test_without_torch_or_qt_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_test, "find_spec", lambda _name: None)
    parts = dict(self_test.parts(tmp_path))
    assert list(parts) == ["count", "train", "libraries", "video", "demo", "window"]
    assert list(parts["train"]()) == ["left out of this edition"]
    assert list(parts["libraries"]()) == ["0 of 8"]
    counted = list(parts["count"]())
    assert sum("left out: it counts in torch alone" in line for line in counted) == 1
    assert list(parts["window"]()) == ["left out: PySide6 is not installed"]


@pytest.mark.parametrize(("edition", "trains"), [("full", True), ("operator", False)])
def test_a_bundle_must_have_what_its_edition_has(
    edition: str, trains: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nothing is there: a full bundle must fail by it, and an operator's by its window.
    monkeypatch.setattr(self_test, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(self_test, "EDITION_FILE", tmp_path / "edition.txt")
    (tmp_path / "edition.txt").write_text(edition, "utf-8")
    parts = dict(self_test.parts(tmp_path))
    assert ("export" in parts) == trains
    assert parts["window"] is self_test.open_offscreen
    assert list(parts["edition"]()) == [edition]
    (tmp_path / "edition.txt").unlink()
    lost = dict(self_test.parts(tmp_path))
    assert "export" in lost
    with pytest.raises(OSError, match="edition"):
        list(lost["edition"]())


def test_the_option_is_known() -> None:
    help_ = subprocess.run(
        [sys.executable, "-m", "crowdgui", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "--self-test" in help_.stdout


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    assert own_command.own_command() == [sys.executable, "-P", "-m", "crowdgui"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/한글 x/crowdgui")
    monkeypatch.setattr(sys, "platform", "linux")
    assert own_command.own_command() == ["/opt/한글 x/crowdgui"]
    monkeypatch.setattr(sys, "platform", "win32")
    assert own_command.own_command() == ["/opt/한글 x/crowdgui-cli.exe"]


def test_missing_libraries_are_named_with_their_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    gone = {"libEGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setattr(system_libraries, "_there", lambda name: name not in gone)
    with pytest.raises(UserError) as caught:
        system_libraries.check_system_libraries()
    assert "libEGL.so.1, libxcb-cursor.so.0" in str(caught.value)
    assert str(caught.value).endswith("sudo apt-get install libegl1 libxcb-cursor0")
    # Nothing of X11 is needed on Wayland, or without a screen.
    gone.remove("libEGL.so.1")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    system_libraries.check_system_libraries()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    system_libraries.check_system_libraries()
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    with pytest.raises(UserError) as caught:
        system_libraries.check_system_libraries()
    assert caught.value.code == "library-missing"


def test_a_library_is_there_or_not() -> None:
    if sys.platform == "linux":
        assert system_libraries._there("libc.so.6")
    assert not system_libraries._there("libnobodyhasthis.so.9")
