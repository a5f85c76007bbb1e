"""`crowdgui scenes`: what it says when it cannot draw them all."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from crowdgui.app import app
from models.errors import UserError
from trainer import scenes


def draw(folder: Path, number: int) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["scenes", str(folder), "--number", str(number)])
    return result.exit_code, result.stdout, result.stderr


def stop_at(patch: pytest.MonkeyPatch, last: int, error: BaseException) -> None:
    """Let drawing fail at a seed."""
    render = scenes.render_scene

    def rendered(seed: int) -> object:
        if seed == last:
            raise error
        return render(seed)

    patch.setattr(scenes, "render_scene", rendered)


def test_all_are_drawn(tmp_path: Path) -> None:
    code, printed, said = draw(tmp_path, 2)
    assert (code, len(printed.splitlines()), said) == (0, 2, "")


@pytest.mark.parametrize(("first", "code"), [(20_000, 2), (20_001, 1)])
def test_a_full_disk_keeps_what_was_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, code: int
) -> None:
    full = UserError("path-unwritable", path="scene.jpg", reason="No space left on device")
    stop_at(monkeypatch, first, full)
    found, printed, said = draw(tmp_path, 2)
    assert (found, len(printed.splitlines())) == (code, 2 - code)
    assert said == f"crowdgui: {full}\n"


@pytest.mark.parametrize(("first", "code"), [(20_000, 2), (20_001, 1)])
def test_stopping_keeps_what_was_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: int, code: int
) -> None:
    stop_at(monkeypatch, first, KeyboardInterrupt())
    found, printed, said = draw(tmp_path, 2)
    assert (found, len(printed.splitlines())) == (code, 2 - code)
    assert said == f"Stopped after {2 - code} of 2; what was drawn is kept.\n"
