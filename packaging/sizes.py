"""How large the bundle is, part by part, and whether that is within its budget."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

# MB (1,000,000 bytes) on disk and in the package that is downloaded.
BUDGETS = {"full": (1250, 450), "operator": (600, 250)}
LISTED = 14
# Folders that belong together.
PARTS = {
    "opencv_python_headless.libs": "cv2", "numpy.libs": "numpy", "scipy.libs": "scipy",
    "h5py.libs": "h5py", "pillow.libs": "PIL", "shiboken6": "PySide6", "crowdgui": "crowdgui",
    "models": "crowdgui", "trainer": "crowdgui",
}  # fmt: skip


def by_part(folder: Path) -> Counter[str]:
    """Return the bytes of each part of a bundle; a link is where it points to."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            sizes[_part(path.relative_to(folder).parts)] += path.stat().st_size
    return sizes


def _part(parts: tuple[str, ...]) -> str:
    if parts[0] != "_internal":
        return "executable with Python code" if len(parts) == 1 else parts[0]
    if len(parts) == 2:
        return "libraries of Python and the system"
    return PARTS.get(parts[1], parts[1])


def report(folder: Path, edition: str) -> bool:
    """Print the parts, the largest first; returns whether the whole is within the budget."""
    sizes = by_part(folder)
    whole, budget = sum(sizes.values()) / 1e6, BUDGETS[edition][0]
    for name, size in sizes.most_common(LISTED):
        print(f"{size / 1e6:8.1f} MB  {name}")
    rest = sum(size for _, size in sizes.most_common()[LISTED:])
    print(f"{rest / 1e6:8.1f} MB  the rest\n{whole:8.1f} MB  in all; the budget is {budget} MB")
    return whole <= budget


def report_package(file: Path, edition: str) -> bool:
    """Print the size of a package; returns whether it is within the budget."""
    size, budget = file.stat().st_size / 1e6, BUDGETS[edition][1]
    print(f"{size:8.1f} MB  {file.name}; the budget is {budget} MB")
    return size <= budget


def report_packed(folder: Path, edition: str) -> bool:
    """Print about how large a bundle's package will be; returns whether that is within the budget.

    It is packed as quickly as zstd does by itself, which gives a tenth more than the package has.
    """
    budget = BUDGETS[edition][1]
    words = ["tar", "--zstd", "-C", str(folder.parent), "-cf", "-", folder.name]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as packing:
        assert packing.stdout is not None
        size = sum(map(len, iter(lambda: packing.stdout.read(1 << 20), b""))) / 1e6
    if packing.returncode:
        raise subprocess.CalledProcessError(packing.returncode, words)
    print(f"{size:8.1f} MB  packed quickly; the budget is {budget} MB")
    return size <= budget


def main(words: list[str]) -> int:
    """Report folders and packages; what a pattern of the shell did not match is passed over."""
    edition = os.environ.get("EDITION", "full")
    if edition not in BUDGETS:
        print(f"There is no edition {edition}. Use: {', '.join(BUDGETS)}", file=sys.stderr)
        return 2
    within = [
        report_package(place, edition) if place.is_file() else report(place, edition)
        for place in map(Path, words)
        if place.exists()
    ]
    return 0 if within and all(within) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
