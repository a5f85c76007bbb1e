"""What is done with the files of models, as works in the background; nothing of Qt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from models.catalogue import check_name, free_name
from models.errors import UserError


def name_for(file: Path) -> str:
    """Return a name that a model of this file can have: no dialog has to ask for one."""
    from models.importing import model_stem

    wanted = re.sub(r"[^A-Za-z0-9._-]+", "-", model_stem(file)).strip("-._")[:70] or "model"
    try:
        check_name(wanted)
    except UserError:
        wanted = f"model-{wanted}"
    return free_name(wanted)


def import_file(file: Path) -> Iterator[str]:
    """Import a model under a free name and yield it; UserError as import_model raises."""
    from models.importing import import_model

    yield import_model(file, name_for(file)).stem


def rename(name: str, wanted: str) -> Iterator[str]:
    from models.renaming import rename_model

    rename_model(name, wanted)
    yield wanted


def remove(name: str) -> Iterator[str]:
    from models.catalogue import remove_model

    remove_model(name)
    yield name
