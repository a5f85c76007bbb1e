"""Make crowdgui/window/fonts/crowdgui-hangul.otf: the letters that the program can show.

Run `python packaging/font.py NotoSansCJK-Regular.ttc` (Debian: fonts-noto-cjk); the result and
its licence are committed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

TARGET = Path(__file__).parents[1] / "crowdgui" / "window" / "fonts" / "crowdgui-hangul.otf"
FACE = "Noto Sans CJK KR"
SUBSCRIPTS = "₀₁₂"
OTHERS = "αβσ×÷±−≤≥≈–—…‘’“”•·→←↑↓°²³µ₩€▲▼●○✓㎡\u00a0\u200b"


def letters() -> str:
    """Return Latin, the 2,350 common syllables (KS X 1001), single Jamo, and signs."""
    latin = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0x180)]))
    jamo = "".join(map(chr, range(0x3131, 0x3164)))
    # Rarer syllables take eight bytes there.
    common = (s for s in map(chr, range(0xAC00, 0xD7A4)) if _bytes(s) == 2)
    return latin + jamo + "".join(common) + SUBSCRIPTS + OTHERS


def _bytes(letter: str) -> int:
    return len(letter.encode("euc_kr"))


def show_subscripts(font: TTFont) -> None:
    """Show a subscript that the face lacks as the digit of full size: T0 where T₀ is meant."""
    digits = font.getBestCmap()
    for number, subscript in enumerate(SUBSCRIPTS):
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap.setdefault(ord(subscript), digits[ord(str(number))])


def main() -> None:
    faces = TTCollection(sys.argv[1]).fonts
    font = next(face for face in faces if face["name"].getDebugName(1) == FACE)
    options = subset.Options(layout_features=["kern", "liga"], hinting=False, desubroutinize=True)
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    maker = subset.Subsetter(options)
    maker.populate(text=letters())
    maker.subset(font)
    show_subscripts(font)
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET}: {TARGET.stat().st_size / 1e6:.2f} MB, {len(letters())} letters")


if __name__ == "__main__":
    main()
