"""The command line in this process, and one small model that is made once."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crowdgui import app
from models import catalogue
from models.export import export_onnx
from small_models import save_mcnn


@pytest.fixture(scope="session")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The weights of a small model with its engine file beside them."""
    weights = save_mcnn(tmp_path_factory.mktemp("exported") / "mcnn.safetensors")
    export_onnx(weights, weights.with_suffix(".onnx"))
    return weights


@pytest.fixture
def only_mcnn(exported: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """One installed model, called mcnn; its weights."""
    monkeypatch.setattr(catalogue, "SHIPPED_FOLDER", tmp_path / "shipped")
    folder = catalogue.user_folder()
    folder.mkdir(parents=True)
    for path in (exported, exported.with_suffix(".onnx")):
        shutil.copy(path, folder / path.name)
    return folder / exported.name


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the program in this process: exit code, standard output, standard error."""

    def call(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["crowdgui", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            app.main()
        out, err = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return code or 0, out, err

    return call
