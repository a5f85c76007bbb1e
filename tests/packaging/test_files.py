"""Icons, notices and descriptions that go with the bundle."""

from __future__ import annotations

import ast
import configparser
import re
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ElementTree
from importlib.metadata import PathDistribution
from pathlib import Path
from sysconfig import get_config_var

import deb
import file_types
import font
import notices
import pytest
from PIL import Image

from crowdgui.live.videos import VIDEO_SUFFIXES
from crowdgui.sources import kind_of
from models.pictures import PICTURE_SUFFIXES

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def test_icons_in_all_formats(tmp_path: Path) -> None:
    # In a process of its own: Qt's application here belongs to other tests.
    code = (
        "from icons import write_icons; from pathlib import Path;"
        f"write_icons(Path({str(tmp_path)!r}))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PACKAGING, check=True)
    with Image.open(tmp_path / "crowdgui.ico") as icon:
        assert {(16, 16), (48, 48), (256, 256)} <= icon.info["sizes"]
    with Image.open(tmp_path / "crowdgui.icns") as icon:
        assert (512, 512, 2) in icon.info["sizes"]
    with Image.open(tmp_path / "crowdgui-64.png") as icon:
        assert icon.size == (64, 64)
        low, high = icon.convert("L").getextrema()
        assert high - low > 50


def test_notices_name_the_parts_and_hold_their_licences(tmp_path: Path) -> None:
    pure = [("numpy.linalg", "x", "PYMODULE"), ("PySide6.QtCore", "x", "EXTENSION")]
    entries = notices.write_notices(pure, [], tmp_path / "licences")
    places = {place for place, _, _ in entries}
    assert {"licences/LGPL-3.txt", "licences/GPL-3.txt", "licences/THIRD-PARTY.txt"} <= places
    assert any(re.match(r"licences/numpy-.*LICENSE", place) for place in places)
    text = (tmp_path / "licences" / "THIRD-PARTY.txt").read_text("utf-8")
    assert re.search(r"^numpy \d.*: .*BSD", text, re.MULTILINE)
    assert re.search(r"^PySide6_Essentials \d.*LGPL", text, re.MULTILINE | re.IGNORECASE)
    assert "torch" not in text
    assert all(Path(source).is_file() for _, source, _ in entries)


def test_parts_of_pyobjc_have_the_licence_that_lies_here(tmp_path: Path) -> None:
    """They bring none; what was compiled of a file called copying is no licence."""
    inner = "PyObjCTest/copying.so.dSYM/Contents"
    files = [f"{inner}/Resources/copying.so.yml", f"{inner}/Info.plist", f"{inner}/copying.so.txt"]
    facts = tmp_path / "pyobjc_core-1.dist-info"
    for file in files:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    facts.mkdir()
    (facts / "METADATA").write_text("Name: pyobjc-core\nVersion: 1\nLicense: MIT\n")
    (facts / "RECORD").write_text("".join(f"{file},,\n" for file in files))
    line = notices._of_distribution(PathDistribution(facts), tmp_path / "licences")
    assert line == "pyobjc-core 1: MIT"
    assert not (tmp_path / "licences").exists()
    assert "Ronald Oussoren" in (notices.TEXTS / "PyObjC.txt").read_text("utf-8")


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="packages of Debian")
def test_libraries_of_the_system_are_known_by_either_spelling(tmp_path: Path) -> None:
    # Of those that a bundle brings, some lie in /lib for dpkg and some in /usr/lib.
    names = ("libz.so.1", "libexpat.so.1", "liblzma.so.5", "libxcb.so.1", "libstdc++.so.6")
    places = [Path("/usr/lib") / str(get_config_var("MULTIARCH")) / name for name in names]
    there = [str(path) for path in places if path.exists()]
    assert there
    lines = notices._of_system(there, tmp_path)
    assert len(lines) == len(there)
    assert len(list((tmp_path / "system").iterdir())) == len(there)


@pytest.mark.skipif(shutil.which("dpkg-query") is None, reason="packages of Debian")
def test_a_library_that_nobody_knows_ends_the_build(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"/usr/lib/libnobodys\.so\.1"):
        notices._of_system(["/usr/lib/libnobodys.so.1"], tmp_path)


def test_a_part_without_a_licence_ends_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "COMMITTED", ("shiboken6",))
    pure = [("PySide6.QtCore", "x", "EXTENSION")]
    with pytest.raises(SystemExit, match="PySide6_Essentials brings no licence"):
        notices.write_notices(pure, [], tmp_path / "licences")


def test_without_dpkg_no_licence_of_the_system_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(SystemExit, match=r"libz\.so\.1"):
        notices._of_system(["/usr/lib/libz.so.1"], tmp_path)
    # What is no library of the system needs none: Windows, macOS.
    assert notices._of_system(["C:/Python/python3.dll"], tmp_path) == []


def test_without_pythons_licence_the_build_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "LICENSE.txt").write_text("PSF")
    monkeypatch.setattr(notices.sysconfig, "get_path", lambda _: str(tmp_path / "lib"))
    monkeypatch.setattr(notices.sysconfig, "get_python_version", lambda: "0.0")
    # As Windows has it.
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    notices._of_python(tmp_path)
    assert (tmp_path / "Python-LICENSE.txt").read_text() == "PSF"
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path / "nowhere"))
    with pytest.raises(SystemExit, match="Python's licence is in none of"):
        notices._of_python(tmp_path)


def test_licence_texts_are_whole() -> None:
    lesser = (PACKAGING / "licences" / "LGPL-3.txt").read_text("utf-8")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in lesser
    assert "Version 3, 29 June 2007" in lesser
    assert "END OF TERMS" in (PACKAGING / "licences" / "GPL-3.txt").read_text("utf-8")
    assert "Copyright © 1991-2023 Unicode" in (PACKAGING / "licences" / "ICU.txt").read_text(
        "utf-8"
    )


def test_the_font_has_its_licence_and_the_letters_of_the_translation() -> None:
    tools = pytest.importorskip("fontTools.ttLib")
    folder = font.TARGET.parent
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text("utf-8")
    has = set(tools.TTFont(font.TARGET).getBestCmap())
    tree = ElementTree.parse(ROOT / "crowdgui/window/translations/crowdgui_ko.ts")
    texts = {letter for node in tree.iter() for letter in node.text or ""}
    assert {letter for letter in texts if letter not in "\n\t" and ord(letter) not in has} == set()


def test_spec_is_python_and_takes_every_data_folder() -> None:
    text = (PACKAGING / "crowdgui.spec").read_text("utf-8")
    ast.parse(text)
    for package, patterns in PROJECT["tool"]["setuptools"]["package-data"].items():
        for pattern in patterns:
            folder = Path(*package.split("."), pattern).parent
            assert "/".join(folder.parts) in text, f"{folder} is not in the bundle"


def test_the_list_of_files_is_what_the_program_reads() -> None:
    assert set(file_types.PICTURES) == PICTURE_SUFFIXES
    assert set(file_types.VIDEOS) == VIDEO_SUFFIXES
    kinds = {suffix: kind_of(f"a{suffix}") for suffix in (file_types.PICTURES | file_types.VIDEOS)}
    assert {suffix for suffix, kind in kinds.items() if kind == "video"} == set(file_types.VIDEOS)


def test_three_systems_are_told_of_them() -> None:
    types = file_types.PICTURES | file_types.VIDEOS
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(PACKAGING / "linux" / "crowdgui.desktop", encoding="utf-8")
    entry = parser["Desktop Entry"]
    assert entry["Exec"] == "crowdgui %F"
    told = entry["MimeType"].rstrip(";").split(";")
    assert sorted(told) == sorted({*types.values(), "inode/directory"})
    installer = (PACKAGING / "crowdgui.iss").read_text("utf-8")
    assert sorted(re.findall(r'SupportedTypes".*ValueName: "(\.\w+)"', installer)) == sorted(types)
    pictures, videos = file_types.mac_document_types()
    assert "public.image" in pictures["LSItemContentTypes"]
    assert {f".{suffix}" for suffix in videos["CFBundleTypeExtensions"]} == VIDEO_SUFFIXES
    assert "mac_document_types()" in (PACKAGING / "crowdgui.spec").read_text("utf-8")


def test_every_edition_gets_an_installer_for_windows() -> None:
    installer = (PACKAGING / "crowdgui.iss").read_text("utf-8")
    assert 'Source: "..\\dist\\{#Name}\\*"' in installer
    assert "OutputBaseFilename={#Name}-{#Version}-setup" in installer
    workflow = (ROOT / ".github" / "workflows" / "bundle.yml").read_text("utf-8")
    assert '"/DEdition=$env:EDITION" packaging\\crowdgui.iss' in workflow
    assert "matrix.edition == 'full'\n" not in workflow


def test_the_uninstaller_for_windows_removes_all_that_the_window_keeps() -> None:
    installer = (PACKAGING / "crowdgui.iss").read_text("utf-8")
    kept = set()
    for path in (ROOT / "crowdgui" / "window").rglob("*.py"):
        found = re.findall(
            r'(?:with_name\(|appauthor=False\) / )"(\w+\.json)"', path.read_text("utf-8")
        )
        kept.update(found)
    assert kept == {"settings.json", "regions.json", "zones.json"}
    kept |= {"settings.damaged.json", "regions.damaged.json"}
    removed = re.findall(r'Type: files; Name: "\{localappdata\}\\crowdgui\\([\w.]+)"', installer)
    assert set(removed) == kept


def test_versions_agree() -> None:
    version = PROJECT["project"]["version"]
    meta = ElementTree.parse(next((PACKAGING / "linux").glob("*.xml")))
    release = meta.find("releases/release")
    assert release is not None
    assert release.get("version") == version
    assert f'#define Version "{version}"' in (PACKAGING / "crowdgui.iss").read_text("utf-8")


def test_what_builds_is_pinned() -> None:
    pins = (PACKAGING / "constraints.txt").read_text("utf-8").lower()
    for name in ("pyinstaller", "pyinstaller-hooks-contrib", "altgraph", "pefile", "macholib"):
        assert re.search(rf"^{name}==\d", pins, re.MULTILINE), name


@pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are made on Linux")
def test_package_tree(tmp_path: Path) -> None:
    made = tmp_path / "bundle"
    # As PyInstaller lays out what notices.write_notices gives it.
    licences = made / "_internal" / "licences"
    licences.mkdir(parents=True)
    (made / "crowdgui").write_text("#!/bin/sh\n")
    (licences / "THIRD-PARTY.txt").write_text("Qt: LGPL\n")
    tree = tmp_path / "tree"
    code = (
        "import deb; from pathlib import Path;"
        f"deb.make_tree(Path({str(made)!r}), Path({str(tree)!r}), 'crowdgui')"
    )
    subprocess.run([sys.executable, "-c", code], cwd=PACKAGING, check=True)
    assert (tree / "usr/bin/crowdgui").readlink() == Path("/opt/crowdgui/crowdgui")
    assert (tree / "opt/crowdgui/crowdgui").is_file()
    assert (tree / "usr/share/applications/crowdgui.desktop").is_file()
    told = (tree / "usr/share/doc/crowdgui/copyright").read_text("utf-8")
    assert "MIT" in told
    assert told.endswith("Qt: LGPL\n")
    assert (tree / "usr/share/doc/crowdgui/crowdgui/live/README.md").is_file()
    assert (tree / "usr/share/doc/crowdgui/packaging/crowdgui-watch.service").is_file()
    assert (tree / "usr/share/icons/hicolor/64x64/apps/crowdgui.png").is_file()
    assert deb.CONTROL.startswith("Package: {name}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="Debian packages are made on Linux")
@pytest.mark.parametrize("order", ["remove", "purge"])
def test_a_purge_leaves_models_and_runs(order: str, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    homes = {name: tmp_path / name for name in ("kim", "daemon")}
    stubs = {
        "getent": f"echo kim:x:1000:1000::{homes['kim']}:/bin/sh\n"
        f"echo daemon:x:1:1::{homes['daemon']}:/bin/sh\necho gone:x:1001:1001::/nowhere:/bin/sh",
        "runuser": 'test "$1 $2 $3" = "-u kim --" && shift 3 && exec "$@"',
    }
    for name, lines in stubs.items():
        (tools / name).write_text(f"#!/bin/sh\n{lines}\n")
        (tools / name).chmod(0o755)
    places = (".config", ".cache", ".local/state", ".local/share")
    for home in homes.values():
        for place in places:
            (home / place / "crowdgui").mkdir(parents=True)
    path = f"{tools}:/usr/bin:/bin"
    script = PACKAGING / "linux" / "postrm"
    subprocess.run(["sh", script, order], env={"PATH": path}, check=True)
    left = [place for place in places if (homes["kim"] / place / "crowdgui").exists()]
    assert left == ([".local/share"] if order == "purge" else list(places))
    assert all((homes["daemon"] / place / "crowdgui").exists() for place in places)
