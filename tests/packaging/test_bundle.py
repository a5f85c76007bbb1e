"""The build says what it lacks, how large its parts are, and fails where they are too large."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from sysconfig import get_config_var
from types import SimpleNamespace

import bundle
import pytest
import sizes
import trim


@pytest.mark.parametrize(
    ("place", "kept"),
    [
        ("torch/lib/libtorch_cpu.so", True),
        ("torch/bin/torch_shm_manager", True),
        ("torch/lib/libprotobuf.a", False),
        ("torch/test/cpp/test_api", False),
        ("torch/bin/TCPStoreTest", False),
        ("torch/_inductor/lowering.py", False),
        ("torch/_inductor/config.py", True),
        ("torch/nn/functional.py", True),
        ("torch/include/ATen/ATen.h", False),
        ("openvino/libs/libopenvino_intel_cpu_plugin.so", True),
        ("openvino/libs/libopenvino_onnx_frontend.so.2641", True),
        ("openvino/libs/libopenvino_intel_gpu_plugin.so", False),
        ("openvino\\libs\\openvino_tensorflow_frontend.dll", False),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/translations/qtbase_ko.qm", True),
        ("PySide6/Qt/translations/qtbase_fr.qm", False),
        ("PySide6/translations/qt_help_ko.qm", False),
        ("libgtk-3.so.0", False),
        ("models/pretrained/mcnn-kd-general.onnx", True),
        ("crowdgui/window/translations/crowdgui_ko.qm", True),
        ("crowdgui/window/fonts/crowdgui-hangul.otf", True),
        ("trainer/recipes/mcnn-kd.toml", True),
    ],
)
def test_what_is_kept(place: str, kept: bool) -> None:
    assert trim.is_kept(place) is kept


def test_nothing_that_is_shipped_is_trimmed() -> None:
    root = Path(trim.__file__).parents[1]
    for folder in ("models/pretrained", "crowdgui/window/icons", "crowdgui/window/fonts"):
        files = [path for path in (root / folder).iterdir() if path.is_file()]
        assert files
        assert all(trim.is_kept(path.relative_to(root).as_posix()) for path in files)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    for name, size in {
        "crowdgui": 10, "_internal/torch/lib/libtorch.so": 2_000_000,
        "_internal/torch/__init__.pyc": 5, "_internal/numpy.libs/libopenblas.so": 300_000,
        "_internal/numpy/core.so": 100_000, "_internal/libssl.so.3": 40,
        "_internal/models/pretrained/m.onnx": 50,
    }.items():  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\0" * size)
    if os.name == "posix":
        (tmp_path / "_internal/libssl.so").symlink_to("libssl.so.3")
    return tmp_path


def test_sizes_by_part(built: Path) -> None:
    assert sizes.by_part(built) == {
        "torch": 2_000_005, "numpy": 400_000, "executable with Python code": 10,
        "libraries of Python and the system": 40, "crowdgui": 50,
    }  # fmt: skip


def test_a_bundle_above_its_budget_fails(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sizes.BUDGETS, "full", (2.5, 1))
    assert sizes.report(built, "full")
    said = capsys.readouterr().out
    assert "2.0 MB  torch" in said
    assert "2.4 MB  in all; the budget is 2.5 MB" in said
    monkeypatch.setitem(sizes.BUDGETS, "full", (2.3, 1))
    assert not sizes.report(built, "full")


def test_a_package_above_its_budget_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "crowdgui.deb"
    file.write_bytes(b"\0" * 1_500_000)
    monkeypatch.setitem(sizes.BUDGETS, "full", (9, 1))
    assert not sizes.report_package(file, "full")
    monkeypatch.setitem(sizes.BUDGETS, "full", (9, 2))
    assert sizes.report_package(file, "full")
    monkeypatch.setenv("EDITION", "operator")
    monkeypatch.setitem(sizes.BUDGETS, "operator", (9, 1))
    assert sizes.main([str(file), str(tmp_path / "*.dmg")]) == 1
    monkeypatch.setitem(sizes.BUDGETS, "operator", (9, 2))
    assert sizes.main([str(file), str(tmp_path / "*.dmg")]) == 0
    # Nothing was packed at all.
    assert sizes.main([str(tmp_path / "*.dmg")]) == 1


def test_sizes_of_no_edition_are_one_sentence(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EDITION", "foo")
    assert sizes.main([str(built)]) == 2
    assert capsys.readouterr().err == "There is no edition foo. Use: full, operator\n"


@pytest.mark.skipif(shutil.which("zstd") is None, reason="packed by zstd")
def test_a_bundle_that_packs_badly_fails(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (built / "_internal" / "noise.bin").write_bytes(os.urandom(1_500_000))
    monkeypatch.setitem(sizes.BUDGETS, "full", (9, 1))
    assert not sizes.report_packed(built, "full")
    assert "1.5 MB  packed quickly; the budget is 1 MB" in capsys.readouterr().out
    monkeypatch.setitem(sizes.BUDGETS, "full", (9, 2))
    assert sizes.report_packed(built, "full")


@pytest.mark.skipif(sys.platform != "linux", reason="packages of Debian")
def test_a_build_ends_with_its_packed_size(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("EDITION", raising=False)
    monkeypatch.setattr(bundle, "missing", lambda: "")
    monkeypatch.setattr(bundle, "build", lambda _edition: built)
    monkeypatch.setattr(bundle, "self_test", lambda _folder: 0)
    monkeypatch.setattr(bundle, "report_packed", lambda *_words: True)
    assert bundle.main() == 0
    monkeypatch.setattr(bundle, "report_packed", lambda *_words: False)
    assert bundle.main() == 1
    assert "larger than its budget" in capsys.readouterr().err


def test_a_bundle_tests_itself_in_a_home_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: dict[str, str] = {}

    def run(_words: object, *, env: dict[str, str], **_more: object) -> SimpleNamespace:
        given.update(env)
        return SimpleNamespace(returncode=0)

    homes = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")
    for name in (*homes, "SYSTEMROOT"):
        monkeypatch.setenv(name, "the person's")
    monkeypatch.setattr(bundle.subprocess, "run", run)
    assert bundle.self_test(tmp_path) == 0
    assert given.keys() == {*homes, "SYSTEMROOT"} | {"TEMP"} & os.environ.keys()
    assert given["SYSTEMROOT"] == "the person's"
    assert len({given[name] for name in homes} - {"the person's"}) == 1


def test_both_editions_are_built_for_every_change() -> None:
    words = (Path(sizes.__file__).parents[1] / ".ci" / "run").read_text("utf-8").splitlines()
    assert {"make bundle", "EDITION=operator make bundle"} <= set(words)


@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("strip") is None, reason="strip is of binutils"
)
def test_tables_of_symbols_are_taken_from_large_libraries_alone(tmp_path: Path) -> None:
    library = Path(str(get_config_var("LIBDIR")), str(get_config_var("INSTSONAME")))
    if not library.is_file():
        pytest.skip("this Python has no shared library")
    stripped, other = tmp_path / "_internal/libpython3.11.so.1.0", tmp_path / "_internal/x.so"
    stripped.parent.mkdir()
    if b".symtab" not in library.read_bytes():
        pytest.skip("this Python's library has no table of symbols")
    shutil.copyfile(library, stripped)
    shutil.copyfile(library, other)
    bundle.strip_symbols(tmp_path)
    assert other.stat().st_size == library.stat().st_size
    assert b".symtab" not in stripped.read_bytes()
    assert b"PyList_Append" in stripped.read_bytes()


def test_unknown_edition_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EDITION", "golden")
    assert bundle.main() == 2
    assert capsys.readouterr().err == "There is no edition golden. Use: full, operator\n"


@pytest.mark.skipif(sys.platform != "linux", reason="binutils is Linux's")
def test_missing_tools_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PyInstaller")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert bundle.missing() == "binutils is missing. Install it with: apt-get install binutils"
    monkeypatch.setattr(shutil, "which", lambda name: None if name == "zstd" else name)
    assert bundle.missing() == "zstd is missing. Install it with: apt-get install zstd"


def test_missing_shared_python_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("PyInstaller")
    from PyInstaller.depend import bindepend

    monkeypatch.setattr(shutil, "which", lambda name: name)
    monkeypatch.setattr(bindepend, "get_python_library_path", lambda: None)
    said = bundle.missing()
    assert said.startswith("This Python has no shared library. Install libpython3.")


def test_missing_pyinstaller_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PyInstaller", "PyInstaller.depend", "PyInstaller.depend.bindepend"):
        monkeypatch.setitem(sys.modules, name, None)
    assert bundle.missing() == "PyInstaller is missing. Install it with: pip install '.[bundle]'"
