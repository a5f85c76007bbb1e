"""Bring the translations up to date: texts from the code into the .ts, the .ts into the .qm.

Run `python packaging/translations.py`, fill in what is unfinished in the .ts (or use Qt
Linguist), run it again, and commit both files.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import PySide6

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "crowdgui" / "window" / "translations"
LANGUAGES = {"ko": "ko_KR"}


def tool(name: str) -> Path:
    """Return one of Qt's programs, which lie in the PySide6 package."""
    suffix = ".exe" if sys.platform == "win32" else ""
    return Path(PySide6.__file__).parent / f"{name}{suffix}"


def code_files() -> list[Path]:
    """Return the files that hold texts, in an order that is the same everywhere."""
    models = [ROOT / "models" / name for name in ("errors.py", "reasons.py")]
    return [*sorted((ROOT / "crowdgui" / "window").rglob("*.py")), *models]


def update(ts: Path, language: str) -> None:
    """Put every text of the code into the .ts; texts that are gone go from it too."""
    words = ["-silent", "-locations", "none", "-no-obsolete", "-target-language", language]
    files = [str(path.relative_to(ROOT)) for path in code_files()]
    subprocess.run([tool("lupdate"), *words, *files, "-ts", ts], cwd=ROOT, check=True)


def compile_(ts: Path, qm: Path) -> None:
    """Compile a .ts to the .qm that the program loads."""
    # In one step: a running window reads from the file itself, and would end with it.
    new = qm.with_suffix(".qm.new")
    subprocess.run([tool("lrelease"), "-silent", ts, "-qm", new], check=True)
    new.replace(qm)


def main() -> None:
    for code, language in LANGUAGES.items():
        ts = FOLDER / f"crowdgui_{code}.ts"
        update(ts, language)
        compile_(ts, ts.with_suffix(".qm"))


if __name__ == "__main__":
    main()
