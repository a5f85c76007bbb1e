"""Where the user's cache keeps engine files, made of models that came as weights alone."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_cache_path

from models.files import file_hash

# Of kept files: another where export_onnx comes to write another graph of the same weights.
GRAPH_VERSION = 1


def engine_file(weights: Path) -> Path:
    """Return where the ONNX file of weights is kept, or would be; the folder may be emptied.

    Raises UserError as file_hash does.
    """
    name = f"{file_hash(weights)}-{GRAPH_VERSION}.onnx"
    return user_cache_path("crowdgui", appauthor=False) / "engines" / name


def drop(file: Path) -> bool:
    """Remove a kept file; False where there is none, or none that can be removed."""
    try:
        file.unlink()
    except OSError:
        return False
    return True
