"""Maps of teachers that are kept on the disk, and for how long."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from models import catalogue
from small_data import make_part
from small_models import save_mcnn
from trainer import teacher
from trainer.config import make_config
from trainer.distill import distill
from trainer.teacher import UNUSED_SECONDS, cache_folder


def test_maps_that_nobody_used_for_long_go_when_a_run_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    save_mcnn(catalogue.user_folder() / "teacher.safetensors", seed=5)
    facts = {"network": "mcnn", "epochs": 1, "batch": 2, "crop": 64, "precision": "fp32",
             "teacher": "teacher", "alpha": 0.5, "threads": 1}  # fmt: skip
    part = make_part(tmp_path / "part_A", ["IMG_1", "IMG_2", "IMG_4"])
    config = make_config({**facts, "data": [str(part)]})
    list(distill(config, tmp_path / "run"))
    (used,) = cache_folder().iterdir()
    maps = sorted(used.iterdir())
    assert maps
    now, unused, other = time.time(), cache_folder() / "unused", cache_folder() / "other"
    for folder, age in ((unused, UNUSED_SECONDS + 60), (other, UNUSED_SECONDS - 3600)):
        folder.mkdir()
        (folder / "map.npy").touch()
        os.utime(folder, (now - age, now - age))
    # It is not made again, and so not written to; looking is use enough.
    os.utime(used, (now - 2 * UNUSED_SECONDS, now - 2 * UNUSED_SECONDS))
    monkeypatch.setattr(teacher, "open_predictor", lambda *_, **__: pytest.fail("made again"))
    list(distill(config, tmp_path / "second"))
    assert not unused.exists()
    assert (other / "map.npy").exists()
    assert sorted(used.iterdir()) == maps
