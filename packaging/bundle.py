"""Build the frozen program, list its sizes, and let it test itself.

`python packaging/bundle.py` makes dist/crowdgui, with EDITION=operator dist/crowdgui-operator.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sizes import BUDGETS, report, report_packed
from trim import WITHOUT_SYMBOLS

ROOT = Path(__file__).resolve().parent.parent
SELF_TEST_LIMIT_S = 1200
BINUTILS = ("objdump", "objcopy", "strip")
# Without these Windows does not even start a program.
KEPT = ("SYSTEMROOT", "TEMP")
# What names a user's folders; on Windows platformdirs does not look at LOCALAPPDATA.
HOMES = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "WIN_PD_OVERRIDE_LOCAL_APPDATA")


def missing() -> str:
    """Return a sentence on what the build needs and does not find here, or nothing."""
    try:
        from PyInstaller import depend  # noqa: F401
        from PyInstaller.depend.bindepend import get_python_library_path
        from PyInstaller.exceptions import PythonLibraryNotFoundError
    except ImportError:
        return "PyInstaller is missing. Install it with: pip install '.[bundle]'"
    if sys.platform == "linux" and not all(map(shutil.which, BINUTILS)):
        return "binutils is missing. Install it with: apt-get install binutils"
    if sys.platform == "linux" and not shutil.which("zstd"):
        return "zstd is missing. Install it with: apt-get install zstd"
    try:
        library = get_python_library_path()
    except PythonLibraryNotFoundError:
        library = None
    if library is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        return (
            f"This Python has no shared library. Install libpython{version} with apt-get;"
            " a Python of your own must be built with --enable-shared."
        )
    return ""


def build(edition: str) -> Path:
    """Run PyInstaller; returns the folder that it made."""
    words = ["--noconfirm", "--log-level", "WARN", "--distpath", "dist"]
    words += ["--workpath", f"build/pyinstaller-{edition}", "packaging/crowdgui.spec"]
    subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "PyInstaller", *words],
        cwd=ROOT, env={**os.environ, "EDITION": edition, "PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    return ROOT / "dist" / ("crowdgui" if edition == "full" else f"crowdgui-{edition}")


def strip_symbols(folder: Path) -> None:
    """Take the tables that only debuggers read from the largest libraries."""
    for pattern in WITHOUT_SYMBOLS:
        for library in sorted((folder / "_internal").glob(pattern)):
            subprocess.run(["strip", "--strip-unneeded", library], check=True)


def self_test(folder: Path) -> int:
    """Start the bundle's self-test elsewhere, with nothing of this environment."""
    name = "crowdgui-cli.exe" if sys.platform == "win32" else "crowdgui"
    with tempfile.TemporaryDirectory(prefix="bundle 한글 ") as home:
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        return subprocess.run(
            [folder / name, "--self-test"],
            cwd=home, env={**kept, **dict.fromkeys(HOMES, home)},
            timeout=SELF_TEST_LIMIT_S, check=False,
        ).returncode  # fmt: skip


def main() -> int:
    edition = os.environ.get("EDITION", "full")
    if edition not in BUDGETS:
        print(f"There is no edition {edition}. Use: {', '.join(BUDGETS)}", file=sys.stderr)
        return 2
    if reason := missing():
        print(reason, file=sys.stderr)
        return 2
    folder = build(edition)
    if sys.platform == "linux":
        strip_symbols(folder)
    within = report(folder, edition)
    # Elsewhere an installer or a disk image is measured when it is made.
    if sys.platform == "linux":
        within = report_packed(folder, edition) and within
    if not within:
        print("The bundle is larger than its budget (packaging/sizes.py).", file=sys.stderr)
        return 1
    return self_test(folder)


if __name__ == "__main__":
    sys.exit(main())
