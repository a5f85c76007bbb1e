"""How much of an MP4 or MOV file is shown: one that was trimmed keeps what is cut away.

ISO/IEC 14496-12: boxes of a length and a name, within one another. A track's edit list (`elst`)
says which stretches of it are shown; OpenCV gives these frames alone, but counts all there are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

# Of boxes that hold what is looked for, no more is read; a film of hours has a few megabytes.
LARGEST = 64_000_000


def shown_seconds(path: Path) -> float | None:
    """Return the seconds that the edit list of a file's video track shows; None without one.

    A file that is damaged, or of another kind, has none.
    """
    try:
        with path.open("rb") as file:
            movie = _movie(file)
        return _shown(movie) if movie else None
    except (OSError, struct.error):
        return None


def _movie(file: BinaryIO) -> bytes | None:
    """Return what is in the file's `moov` box."""
    while len(head := file.read(8)) == 8:
        length, name = struct.unpack(">I4s", head)
        begun = 8
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
            begun = 16
        if name == b"moov":
            return file.read(length - begun) if begun <= length <= LARGEST else None
        if length < begun:
            # 0: to the end of the file; less than its own head: no such file.
            return None
        file.seek(length - begun, 1)
    return None


def _shown(movie: bytes) -> float | None:
    header = _box(movie, b"mvhd")
    # Version 1 has times of 8 bytes before its units a second.
    (units,) = struct.unpack_from(">I", header, 20 if header[:1] == b"\1" else 12)
    for name, track in _boxes(movie):
        if name == b"trak" and _box(_box(track, b"mdia"), b"hdlr")[8:12] == b"vide":
            stretches = list(_stretches(_box(_box(track, b"edts"), b"elst")))
            # A file that is written while it is watched says 0.
            return sum(stretches) / units if units and all(stretches) and stretches else None
    return None


def _stretches(edits: bytes) -> Iterator[int]:
    """Yield how long each stretch is that shows something; an empty one only delays the rest."""
    if not edits:
        return
    kind = ">Qq4x" if edits[0] == 1 else ">Ii4x"
    (number,) = struct.unpack_from(">I", edits, 4)
    for place in range(min(number, (len(edits) - 8) // struct.calcsize(kind))):
        length, begin = struct.unpack_from(kind, edits, 8 + place * struct.calcsize(kind))
        if begin >= 0:
            yield length


def _box(within: bytes, wanted: bytes) -> bytes:
    return next((content for name, content in _boxes(within) if name == wanted), b"")


def _boxes(within: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 0
    while place + 8 <= len(within):
        length, name = struct.unpack_from(">I4s", within, place)
        if length < 8:
            return
        yield name, within[place + 8 : place + length]
        place += length
