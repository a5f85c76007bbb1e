"""The files that the program says it opens, for the descriptions of three systems.

Linux's are in linux/crowdgui.desktop, Windows' in crowdgui.iss, macOS's go into its bundle.
"""

from __future__ import annotations

from typing import Any

PICTURES = {
    ".bmp": "image/bmp", ".jpeg": "image/jpeg", ".jpg": "image/jpeg", ".png": "image/png",
    ".tif": "image/tiff", ".tiff": "image/tiff", ".webp": "image/webp",
}  # fmt: skip
VIDEOS = {
    ".avi": "video/x-msvideo", ".m4v": "video/x-m4v", ".mkv": "video/x-matroska",
    ".mov": "video/quicktime", ".mp4": "video/mp4", ".mpeg": "video/mpeg", ".mpg": "video/mpeg",
    ".ts": "video/mp2t", ".webm": "video/webm",
}  # fmt: skip


def mac_document_types() -> list[dict[str, Any]]:
    """Return the bundle's document types; videos by suffix, for macOS has no type for some."""
    shared = {"CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate"}
    videos = [suffix.removeprefix(".") for suffix in VIDEOS]
    return [
        {
            **shared, "CFBundleTypeName": "Picture",
            "LSItemContentTypes": ["public.image", "public.folder"],
        },
        {**shared, "CFBundleTypeName": "Video", "CFBundleTypeExtensions": videos},
    ]  # fmt: skip
