"""Commands in a process of their own: what they print, why they fail, and that they end."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from crowdgui.window import own_process
from crowdgui.window.own_process import lines_of
from models.errors import UserError
from trainer.datasets import recognise


def test_scenes_are_drawn_one_a_line_into_a_data_set(tmp_path: Path) -> None:
    lines = list(lines_of("scenes", str(tmp_path), "--number", "2"))
    assert [Path(line) for line in lines] == sorted(tmp_path.glob("*.jpg"))
    assert len(lines) == 2
    assert recognise(tmp_path).labelled


def test_what_went_wrong_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(UserError) as caught:
        list(lines_of("scenes", str(tmp_path / "file"), "--number", "1"))
    assert caught.value.code == "command-failed"
    assert "cannot be written" in str(caught.value)


def test_closing_ends_the_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[str]] = []
    popen = subprocess.Popen

    def remembered(*words: Any, **options: Any) -> subprocess.Popen[str]:
        started.append(popen(*words, **options))
        return started[-1]

    monkeypatch.setattr(own_process.subprocess, "Popen", remembered)
    lines = lines_of("scenes", str(tmp_path), "--number", "100000")
    next(lines)
    assert started[0].poll() is None
    lines.close()  # type: ignore[attr-defined]
    assert started[0].poll() is not None
