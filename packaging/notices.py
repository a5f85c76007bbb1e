"""Licences of everything that lies in the bundle, collected from where it was installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

PLACE = "licences"
TEXTS = Path(__file__).parent / "licences"
# How a file that holds a licence or a notice is called, wherever a wheel keeps it.
LICENCE_NAME = re.compile(r"(?i)^(licen[cs]e|copying|notice|authors|copyright|third.?party)")
NO_TEXTS = (".py", ".pyc", ".so", ".pyi", ".yml", ".plist")
# What begins so brings no licence; theirs lie in TEXTS.
COMMITTED = ("PySide6_Essentials", "shiboken6", "pyobjc-")
HEAD = """\
crowdgui is made of its own code (MIT licence, see LICENSE) and of the parts below.

Qt, PySide6 and Shiboken are used under the GNU Lesser General Public License version 3
(LGPL-3.txt, which builds on GPL-3.txt). Their libraries are ordinary files in this folder and may
be replaced by other builds of the same version. Their source is at https://download.qt.io. Qt
itself has parts of others: Qt-parts.txt and ICU.txt. FFmpeg (LGPL 2.1 or later), which OpenCV
brings, may be replaced in the same way; its source is at https://ffmpeg.org, and how it was built
at https://github.com/opencv/opencv-python. The Korean font is a part of Noto Sans CJK KR, under
the SIL Open Font License (crowdgui/window/fonts/OFL.txt). PyObjC, which is in the build for macOS
alone, is used under the MIT licence (PyObjC.txt).

"""

Entry = tuple[str, str, str]


def write_notices(pure: Iterable[Entry], binaries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Collect the licences of the parts into `folder`; returns them as PyInstaller's data entries.

    `pure` and `binaries` are what the analysis found: name, file, kind.
    """
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(TEXTS, folder)
    binaries = list(binaries)
    lines = [_of_python(folder)]
    for found in _distributions(pure, binaries):
        lines.append(_of_distribution(found, folder))
    lines += _of_system([source for _, source, _ in binaries], folder)
    text = HEAD + "\n".join(sorted(lines, key=str.lower)) + "\n"
    (folder / "THIRD-PARTY.txt").write_text(text, encoding="utf-8")
    return [
        (f"{PLACE}/{path.relative_to(folder).as_posix()}", str(path), "DATA")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


def _distributions(pure: Iterable[Entry], binaries: Iterable[Entry]) -> list[Distribution]:
    names = {name.partition(".")[0] for name, _, _ in pure}
    names |= {re.split(r"[/\\.]", place)[0] for place, _, _ in binaries}
    owners = packages_distributions()
    found = {owner for name in names for owner in owners.get(name, ())}
    return [distribution(name) for name in sorted(found, key=str.lower) if name != "crowdgui"]


def _of_distribution(part: Distribution, folder: Path) -> str:
    """Copy a package's licences; returns its line of the list. Ends the build without any."""
    name, facts = part.metadata["Name"], part.metadata
    target = folder / f"{name}-{part.version}"
    for file in part.files or ():
        path = Path(str(part.locate_file(file)))
        in_licences = ".dist-info/licenses/" in file.as_posix()
        if (in_licences or LICENCE_NAME.match(file.name)) and path.is_file():
            if path.suffix in NO_TEXTS or ".dSYM/" in file.as_posix():
                continue
            place = target / re.sub(r"[^\w.-]+", "_", file.as_posix().rpartition(".dist-info/")[2])
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)
    if not target.exists() and not name.startswith(COMMITTED):
        sys.exit(f"{name} brings no licence: put it into packaging/licences, and its name here.")
    licence = facts.get("License-Expression") or facts.get("License") or ""
    if not licence or "\n" in licence:
        classes = facts.get_all("Classifier") or []
        named = [line.rpartition(" :: ")[2] for line in classes if line.startswith("License ::")]
        licence = ", ".join(named) or "see the folder"
    return f"{name} {part.version}: {licence}"


def _of_python(folder: Path) -> str:
    """Copy Python's licence, from where Unix, Windows or Debian has it; ends the build without."""
    places = [
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python{sysconfig.get_python_version()}/copyright"),
    ]
    text = next((place for place in places if place.is_file()), None)
    if text is None:
        sys.exit(f"Python's licence is in none of {', '.join(map(str, places))}.")
    shutil.copyfile(text, folder / "Python-LICENSE.txt")
    return f"Python {sys.version.split()[0]}: PSF-2.0"


def _of_system(sources: list[str], folder: Path) -> list[str]:
    """Copy the licences of libraries that came with the system; returns their lines.

    Ends the build where a library's licence is not found, as on a Linux without dpkg.
    """
    places = ("stdlib", "platstdlib", "purelib", "platlib")
    own = tuple(f"{sysconfig.get_path(name)}/" for name in places)
    python = str(sysconfig.get_config_var("INSTSONAME"))
    real = {str(Path(path).resolve()) for path in sources if path.startswith(("/usr", "/lib"))}
    # Python's own are named above, and what pip installed has its own licences.
    system = sorted(p for p in real if not p.startswith(own) and Path(p).name != python)
    owners = _owners(system)
    if unknown := [path for path in system if path not in owners]:
        sys.exit(f"No package is known for {', '.join(unknown)}: their licences would be missing.")
    lines = []
    for package in sorted(set(owners.values())):
        text = Path("/usr/share/doc") / package / "copyright"
        if not text.is_file():
            sys.exit(f"{text} is missing: the bundle cannot go without this licence.")
        target = folder / "system" / f"{package}.txt"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(text, target)
        lines.append(f"{package} (system library): see system/{package}.txt")
    return lines


def _owners(paths: list[str]) -> dict[str, str]:
    """Return the Debian package of each path that has one.

    Where /lib is a link to /usr/lib, some packages are known by the one and some by the other.
    """
    spellings = {path: path for path in paths}
    spellings |= {path.removeprefix("/usr"): path for path in paths}
    if not spellings or shutil.which("dpkg-query") is None:
        return {}
    said = subprocess.run(
        ["dpkg-query", "-S", *spellings], capture_output=True, text=True, check=False
    ).stdout
    found = {}
    for line in said.splitlines():
        packages, _, path = line.rpartition(": ")
        if path in spellings and not line.startswith("diversion "):
            found[spellings[path]] = re.split("[:,]", packages)[0]
    return found
