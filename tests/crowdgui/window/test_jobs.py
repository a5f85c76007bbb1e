"""What the counting thread does with models."""

from __future__ import annotations

from pathlib import Path

import pytest

from crowdgui.window.counting import jobs
from crowdgui.window.engines import EngineChoice
from models.engine_cache import engine_file
from small_models import save_mcnn


def test_a_model_of_weights_alone_is_exported_once_in_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = save_mcnn(tmp_path / "own.safetensors")
    assert jobs.load_predictor(str(weights), EngineChoice()).engine.name == "openvino"
    assert engine_file(weights).exists()
    monkeypatch.setattr(jobs, "lines_of", None)
    assert jobs.load_predictor(str(weights), EngineChoice()).engine.name == "openvino"


def test_torch_counts_where_the_export_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    weights = save_mcnn(tmp_path / "own.safetensors")
    monkeypatch.setattr("crowdgui.own_command.sys.executable", str(tmp_path / "not-there"))
    assert jobs.load_predictor(str(weights), EngineChoice()).engine.name == "torch"
    assert "no engine file for own" in caplog.text
