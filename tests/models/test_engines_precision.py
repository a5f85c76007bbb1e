"""What a processor lacks is said, and it counts all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.catalogue import find_model
from models.loading import open_predictor
from models.precision import computed_in, has_byte_products


@pytest.fixture
def processor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "cpuinfo"
    monkeypatch.setattr("models.precision.PROCESSOR_FACTS", path)
    return path


def test_byte_products_are_found_by_their_names(processor: Path) -> None:
    for flags, there in (
        ("sse4_2 avx2", False),
        ("avx512f avx512_vnni", True),
        ("avx2 avx_vnni", True),
        ("fp asimd asimddp", True),
    ):
        processor.write_text(f"flags : {flags}\n")
        assert has_byte_products() == there
    processor.unlink()
    assert has_byte_products()


def test_what_is_lacking_is_said(processor: Path, caplog: pytest.LogCaptureFixture) -> None:
    processor.write_text("flags : avx2\n")
    assert computed_in("fp32", ["FP32"]) == "fp32"
    assert not caplog.messages
    assert computed_in("bf16", ["FP32"]) == "fp32"
    assert computed_in("int8", ["FP32"]) == "int8"
    assert "no bf16: it counts in fp32" in caplog.messages[0]
    assert "no VNNI" in caplog.messages[1]
    assert computed_in("bf16", ["FP32", "BF16"]) == "bf16"
    assert len(caplog.messages) == 2


def test_a_count_says_what_it_was_computed_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "models.engines.openvino_engine.computed_in", lambda _wanted, _there: "fp32"
    )
    predictor = open_predictor(find_model("mcnn"), precision="bf16", threads=1)
    assert predictor.engine.precision == "fp32"
