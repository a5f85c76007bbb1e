"""One rule from picture to count: padding, tiles, scaling, bounds."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import models.predictor
from models.catalogue import find_model
from models.engines.torch_engine import TorchEngine
from models.grid import Grid, grid_of
from models.header import Header, ScaleRule
from models.loading import open_predictor
from models.msfanet import MSFANet
from models.predictor import Predictor, scaled
from small_models import mcnn_header, random_mcnn


class CellCounter:
    """An engine whose raw map is the mean of each cell: what goes in can be found again."""

    name = "fake"
    precision = "fp32"
    takes_bytes = False

    def __init__(self, stride: int) -> None:
        self.stride = stride
        self.sizes: list[tuple[int, ...]] = []

    def run(self, batch: NDArray[np.float32]) -> NDArray[np.float32]:
        self.sizes.append(batch.shape)
        _, _, height, width = batch.shape
        s = self.stride
        cells = batch[0, 0].reshape(height // s, s, width // s, s)
        out: NDArray[np.float32] = cells.mean(axis=(1, 3))
        return out


def predictor(scale_rule: ScaleRule | None = None) -> Predictor:
    network = random_mcnn()
    header = mcnn_header(network, scale_rule=scale_rule or ScaleRule())
    return Predictor(TorchEngine(network), header, "mcnn")


def test_count_is_the_sum_of_the_density(picture: NDArray[np.uint8]) -> None:
    prediction = predictor().predict(picture)
    assert prediction.density.dtype == np.float32
    assert prediction.count == pytest.approx(prediction.density.sum(dtype=np.float64))
    assert prediction.size == (331, 203)
    assert prediction.density.shape == (51, 83)
    assert prediction.seconds > 0
    assert (prediction.density >= 0).all()


def test_mcnn_counts_the_same_in_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 256, (301, 407, 3), dtype=np.uint8)
    whole = predictor().predict(picture)
    monkeypatch.setattr(models.predictor, "WHOLE_PIXELS", 0)
    monkeypatch.setattr(models.predictor, "TILE", 128)
    tiled = predictor().predict(picture)
    assert whole.density.max() > 0
    assert np.allclose(whole.density, tiled.density, atol=1e-5)
    assert tiled.count == pytest.approx(whole.count, rel=1e-3)


@settings(max_examples=40, deadline=None)
@given(
    width=st.integers(1, 300), height=st.integers(1, 300),
    tile=st.sampled_from([32, 64, 70]), margin=st.sampled_from([0, 40, 42]),
)  # fmt: skip
def test_every_cell_comes_from_its_own_place(
    width: int, height: int, tile: int, margin: int
) -> None:
    # Tiles and margins need not be whole cells: the cuts are.
    header = Header(
        "mcnn", stride=4, pad_to=16, margin=margin, parameters=0, mean=(0.0,) * 3, std=(1.0,) * 3
    )
    rng = np.random.default_rng(width * 1000 + height)
    picture = rng.integers(0, 256, (height, width, 3), dtype=np.uint8)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models.predictor, "WHOLE_PIXELS", 0)
        patch.setattr(models.predictor, "TILE", tile)
        density = Predictor(CellCounter(4), header, "fake").predict(picture).density
    assert density.shape == (-(-height // 4), -(-width // 4))
    inner = picture[: height // 4 * 4, : width // 4 * 4, 0].astype(np.float32)
    expected = inner.reshape(height // 4, 4, width // 4, 4).mean(axis=(1, 3))
    assert np.allclose(density[: height // 4, : width // 4], expected, atol=1e-3)


@pytest.mark.parametrize(
    ("size", "tiles"),
    [((1920, 1088), 1), ((1088, 1920), 1), ((1921, 1088), 4), ((100, 30_000), 30),
     ((30_000, 100), 30), ((300, 6000), 1)],
)  # fmt: skip
def test_pictures_are_cut_by_their_pixels_whatever_their_shape(
    size: tuple[int, int], tiles: int
) -> None:
    """Their memory is bounded by it; those that fit run whole, which is exact for all networks."""
    seen = predictor().seen(*size)
    assert len(seen) == tiles
    assert max(width * height for width, height in seen) <= models.predictor.WHOLE_PIXELS


def test_the_last_cells_of_a_picture_are_filled_with_its_mirror_image() -> None:
    """With black, or its last pixels again, counts at its right and lower edges would change."""
    header = Header(
        "mcnn", stride=4, pad_to=4, margin=40, parameters=0, mean=(0.0,) * 3, std=(1.0,) * 3
    )
    ramp = np.broadcast_to(np.arange(0, 60, 10, dtype=np.uint8)[None, :, None], (6, 6, 3))
    for picture, wanted in ((ramp, [[15, 40]] * 2), (ramp.swapaxes(0, 1), [[15] * 2, [40] * 2])):
        density = Predictor(CellCounter(4), header, "fake").predict(picture).density
        assert density == pytest.approx(np.array(wanted))


def test_a_network_of_grey_pictures_sees_the_brightness_of_colours() -> None:
    header = Header("mcnn", stride=4, pad_to=4, margin=40, parameters=0, mean=(0.0,), std=(1.0,))
    for colour, grey in (((250, 0, 0), 75), ((0, 250, 0), 147), ((0, 0, 250), 28)):
        picture = np.full((4, 4, 3), colour, np.uint8)
        prediction = Predictor(CellCounter(4), header, "fake").predict(picture)
        assert prediction.count == pytest.approx(grey, abs=1)


@pytest.mark.parametrize("size", [(1, 1), (5, 4000), (4000, 5), (3, 3)])
def test_odd_sizes(size: tuple[int, int]) -> None:
    rule = ScaleRule(min_side=384)
    picture = np.full((size[1], size[0], 3), 90, np.uint8)
    prediction = predictor(rule).predict(picture)
    assert np.isfinite(prediction.count)
    assert prediction.size == size


def test_small_pictures_are_raised_and_the_count_is_left_alone() -> None:
    engine = CellCounter(4)
    header = Header(
        "mcnn", stride=4, pad_to=4, margin=40, parameters=0, mean=(0.0,) * 3, std=(1.0,) * 3,
        scale_rule=ScaleRule(min_side=384),
    )  # fmt: skip
    prediction = Predictor(engine, header, "fake").predict(np.full((300, 400, 3), 2, np.uint8))
    assert engine.sizes[-1] == (1, 3, 384, 512)
    assert prediction.count == pytest.approx(2 * (384 / 4) * (512 / 4))


def test_scale_rule() -> None:
    assert ScaleRule().size(100, 50) == (100, 50)
    assert ScaleRule(min_side=384).size(1000, 800) == (1000, 800)
    assert ScaleRule(min_side=384).size(400, 200) == (768, 384)
    assert ScaleRule(min_side=384).size(10, 10) == (20, 20)
    assert ScaleRule(multiple=16).size(1000, 7) == (992, 16)
    assert ScaleRule(multiple=16).size(1004, 1004) == (1008, 1008)
    assert ScaleRule(shrink=0.7).size(1001, 999) == (701, 699)
    assert ScaleRule(shrink=0.5).size(1000, 1) == (500, 1)
    assert ScaleRule(shrink=0.5, min_side=384).size(1000, 700) == (549, 384)


def test_a_shrunk_picture_has_the_cells_of_the_whole_one() -> None:
    header = Header(
        "mcnn", stride=4, pad_to=4, margin=40, parameters=0, mean=(0.0,) * 3, std=(1.0,) * 3,
        scale_rule=ScaleRule(shrink=0.5),
    )  # fmt: skip
    picture = np.zeros((64, 48, 3), np.uint8)
    picture[16:24, 8:16] = 100
    # A chequered cell has the same mean everywhere: averaged, not sampled.
    picture[40:48, 32:40] = 100 * (np.indices((8, 8)).sum(axis=0) % 2)[..., None]
    prediction = Predictor(CellCounter(4), header, "fake").predict(picture)
    assert prediction.density.shape == (8, 6)
    assert prediction.grid.cell == (8, 8)
    assert {tuple(place) for place in np.argwhere(prediction.density)} == {(2, 1), (5, 4)}
    assert prediction.density[2, 1] == pytest.approx(100, abs=1)
    assert prediction.density[5, 4] == pytest.approx(50, abs=1)


def test_no_pixel_of_a_shrunk_picture_is_passed_over() -> None:
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[::4, ::4] = 160
    found = scaled(picture, ScaleRule(shrink=0.25))
    assert found == pytest.approx(np.full((16, 16, 3), 10))


def test_cells_are_as_wide_and_as_high_as_the_network_saw_them() -> None:
    """A checkpoint that was made so sees 100x70 as 96x64: other factors across than down."""
    header = Header(
        "m-sfanet", stride=2, pad_to=16, margin=128, parameters=0, scale_rule=ScaleRule(multiple=16)
    )
    grid = grid_of(header, 100, 70)
    assert grid.cell == pytest.approx((100 / 48, 70 / 32))
    assert (grid.columns(48)[24], grid.rows(32)[16]) == pytest.approx((50, 35))
    shown = grid.stretched(300, 140)
    assert shown == Grid((300, 140), (pytest.approx(300 / 48), pytest.approx(140 / 32)))


def test_scale_rule_raises_no_picture_beyond_memory() -> None:
    rule = ScaleRule(min_side=384)
    assert rule.size(191, 520_000) == (191, 520_000)
    assert rule.size(520_000, 191) == (520_000, 191)
    width, height = rule.size(200, 50_000)
    assert width > 200
    assert 24_000_000 < width * height < 26_000_000


def test_density_factor_divides_the_map(picture: NDArray[np.uint8]) -> None:
    network = random_mcnn()
    plain = Predictor(TorchEngine(network), mcnn_header(network), "a").predict(picture)
    divided = Predictor(
        TorchEngine(network), mcnn_header(network, density_factor=100.0), "b"
    ).predict(picture)
    assert divided.count == pytest.approx(plain.count / 100, rel=1e-4)


def test_msfanet_runs_through_the_same_rule() -> None:
    torch.manual_seed(0)
    header = Header("m-sfanet", stride=2, pad_to=16, margin=128, parameters=0)
    picture = np.random.default_rng(0).integers(0, 256, (50, 70, 3), dtype=np.uint8)
    prediction = Predictor(TorchEngine(MSFANet()), header, "t").predict(picture)
    assert prediction.density.shape == (25, 35)
    assert (prediction.density >= 0).all()


@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_100_megapixels_within_bounded_memory() -> None:
    # A process of its own, since only that has a peak of its own; getrusage would begin with the
    # peak of this one.
    code = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import numpy as np
from models.predictor import Predictor
from models.catalogue import find_model
from models.engines.torch_engine import TorchEngine
from small_models import mcnn_header, random_mcnn
def memory_mb(name):
    return int(Path("/proc/self/status").read_text().split(name + ":")[1].split()[0]) / 1024
network = random_mcnn()
predictor = Predictor(TorchEngine(network), mcnn_header(network), "mcnn")
picture = np.full((10000, 10000, 3), 128, np.uint8)
before = memory_mb("VmRSS")
prediction = predictor.predict(picture)
assert prediction.density.shape == (2500, 2500)
print(memory_mb("VmHWM") - before)
"""
    tests = str(__file__).rsplit("/", 2)[0]
    # One thread is for tests that repeat; this one is only slow.
    environment = {key: value for key, value in os.environ.items() if key != "OMP_NUM_THREADS"}
    result = subprocess.run(
        [sys.executable, "-c", code, tests],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    # The bound that the README states: 0.6 GB beside the picture itself.
    assert float(result.stdout) < 600


def test_what_the_network_sees_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    predictor = open_predictor(find_model("compact-kd"), threads=1)
    run = predictor.engine.run

    def look(batch: np.ndarray) -> np.ndarray:
        seen.append((batch.shape[2], batch.shape[1]))
        return run(batch)

    monkeypatch.setattr(predictor.engine, "run", look)
    for width, height in ((30, 500), (1000, 700), (2000, 1300)):
        seen.clear()
        predictor.predict(np.zeros((height, width, 3), np.uint8))
        assert predictor.seen(width, height) == seen
    assert len(seen) > 1
