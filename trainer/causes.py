"""What an error that ends a training is, for who is to read of it."""

from __future__ import annotations

import cv2
import torch

from models.errors import UserError


def is_memory_short(error: Exception) -> bool:
    """Return whether there was too little memory; on CPUs torch and OpenCV say so in words."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    words = ("allocate memory", "out of memory", "insufficient memory")
    return isinstance(error, RuntimeError | cv2.error) and any(
        word in str(error).lower() for word in words
    )


def cause_of(error: Exception) -> dict[str, object]:
    """Return what a reader needs to say an error in another language; {} for a mistake of ours."""
    if not isinstance(error, UserError):
        return {}
    return {"code": error.code, "facts": {name: str(fact) for name, fact in error.facts.items()}}
