"""Arrays, cells and structs from MATLAB 5 files (MathWorks, "MAT-File Format").

SciPy's reader crashes the whole program on some damaged files (seen with 1.17: a tail of zeros
in an uncompressed one), and annotations come from anywhere. This one checks every length.
"""

from __future__ import annotations

import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np

HEADER_BYTES = 128
# A picture with a million heads has 16 MB of them; what unpacks to more is no annotation.
MAX_BYTES = 256_000_000
MATRIX, COMPRESSED = 14, 15
NUMBERS = {
    1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8",
}  # fmt: skip
CELL, STRUCT, NUMERIC = 1, 2, range(6, 16)


def read_matlab(path: Path) -> dict[str, Any]:
    """Return a file's variables by name: arrays (as stored, 2-D or more), lists, dicts.

    A cell array is a list in column order, a struct a dict of its fields; other kinds (text,
    sparse, objects) are None. Raises OSError, ValueError or zlib.error.
    """
    data = path.read_bytes()
    order = {b"IM": "<", b"MI": ">"}.get(data[126:HEADER_BYTES])
    if order is None:
        raise ValueError("it is not a MATLAB 5 file")
    outer = _Elements(data[HEADER_BYTES:], order)
    variables: dict[str, Any] = {}
    while outer.left:
        kind, content = outer.take()
        if kind == COMPRESSED:
            kind, content = _Elements(_unpacked(content), order).take()
        if kind == MATRIX:
            name, value = _matrix(content, order)
            variables[name] = value
    return variables


class _Elements:
    """The elements in a stretch of bytes, one after the other."""

    def __init__(self, data: bytes, order: str) -> None:
        self.data, self.order, self.at = data, order, 0

    @property
    def left(self) -> int:
        return len(self.data) - self.at

    def take(self) -> tuple[int, bytes]:
        """Return the next element's type and content."""
        if self.left < 8:
            raise ValueError("it is cut off")
        kind, size = (int(n) for n in np.frombuffer(self.data, self.order + "u4", 2, self.at))
        start, padded = self.at + 8, 8 + -(-size // 8) * 8
        if kind >> 16:
            # Up to 4 bytes stand within the tag itself.
            kind, size, start, padded = kind & 0xFFFF, kind >> 16, self.at + 4, 8
            if size > 4:
                raise ValueError("a small element is too large")
        if start + size > len(self.data):
            raise ValueError("it is cut off")
        # Compressed elements are not padded, and the last one of a file need not be.
        self.at = min(start + size if kind == COMPRESSED else self.at + padded, len(self.data))
        return kind, self.data[start : start + size]

    def numbers(self) -> np.ndarray[Any, np.dtype[Any]]:
        """Return the next element, which holds numbers."""
        kind, content = self.take()
        if kind not in NUMBERS:
            raise ValueError(f"numbers are expected where there is an element of type {kind}")
        return np.frombuffer(content, self.order + NUMBERS[kind])


def _matrix(content: bytes, order: str) -> tuple[str, Any]:
    if not content:
        # An empty matrix may be left away.
        return "", np.zeros((0, 0))
    elements = _Elements(content, order)
    kind = int(elements.numbers()[0]) & 0xFF
    shape = [int(n) for n in elements.numbers()]
    name = elements.take()[1].decode("latin-1")
    if kind in NUMERIC:
        return name, elements.numbers().reshape(shape, order="F")
    if kind == CELL:
        return name, [_inner(elements, order) for _ in range(math.prod(shape))]
    if kind == STRUCT and math.prod(shape) == 1:
        width, text = int(elements.numbers()[0]), elements.take()[1]
        fields = [text[at : at + width].rstrip(b"\0") for at in range(0, len(text), width)]
        return name, {field.decode("latin-1"): _inner(elements, order) for field in fields}
    return name, None


def _inner(elements: _Elements, order: str) -> Any:
    kind, content = elements.take()
    if kind != MATRIX:
        raise ValueError(f"a matrix is expected where there is an element of type {kind}")
    return _matrix(content, order)[1]


def _unpacked(content: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(content, MAX_BYTES)
    if not unpacker.eof:
        raise ValueError("its compressed part is cut off or too large")
    return data
