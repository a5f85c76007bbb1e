"""Pictures as files, written whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from PIL import Image

from models.errors import UserError
from models.files import replacing
from models.reasons import Reason

FORMS = {".jpg": "JPEG", ".jpeg": "JPEG", ".tif": "TIFF", ".tiff": "TIFF"}
JPEG_QUALITY = 95
# What libjpeg writes; the form itself has room for 35 more.
JPEG_SIDE = 65_500


def save_picture(path: Path, pixels: NDArray[Any]) -> None:
    """Write pixels as the path's suffix says: JPEG or TIFF, else PNG.

    Raises UserError path-unwritable; the old file stays then.
    """
    form = FORMS.get(path.suffix.lower(), "PNG")
    if form == "JPEG" and max(pixels.shape[:2]) > JPEG_SIDE:
        reason = Reason("jpeg-side", most=JPEG_SIDE)
        raise UserError("path-unwritable", path=path, reason=reason)
    options = {"quality": JPEG_QUALITY} if form == "JPEG" else {}
    # Not into the file: Pillow writes JPEG and TIFF past Python, and does not see a full disk.
    content = io.BytesIO()
    Image.fromarray(pixels).save(content, format=form, **options)
    with replacing(path) as temporary:
        temporary.write_bytes(content.getbuffer())
