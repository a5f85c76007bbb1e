"""What the trainer tab does in threads: data looked at, previews read, models put to use."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from crowdgui.window.engines import EngineChoice
from crowdgui.window.own_process import lines_of
from crowdgui.window.viewing.images import coloured, density_image, rgb_image
from models.catalogue import check_name, free_name, is_taken, user_folder
from models.errors import UserError
from models.files import replacing, write_text
from models.header import read_header
from models.pictures import picture_size, read_picture
from models.reduced import reduced
from trainer.config import Config
from trainer.estimate import Amount
from trainer.runs import PREVIEW_FILE, TEACHER_FILE

# On fewer pictures the error, and with it the choice of the best epoch, is chance.
FEWEST_TO_VALIDATE = 5
THUMBNAILS = 8
THUMBNAIL_PX = 360
HEAD, HEAD_PX = "#ffd400", 2.0
PREVIEW_PX = 640
# Of the width of a picture.
SPREAD = 0.012


@dataclass(frozen=True, eq=False)
class Thumbnail:
    """A small picture with a dot on each of its people."""

    name: str
    image: QImage
    people: int


@dataclass(frozen=True, eq=False)
class DataFacts:
    """What was found in a folder so far; `obstacle` is why nothing can be trained on it.

    `people` is None while they are being counted, `problems` while they are being looked for;
    `left_off` says that nobody does so any more.
    """

    folder: Path
    layout: str
    labelled: bool
    splits: dict[str, int]
    people: int | None = None
    amount: Amount | None = None
    thumbnails: tuple[Thumbnail, ...] = ()
    problems: tuple[UserError, ...] | None = None
    obstacle: UserError | None = None
    left_off: bool = False


def render_scenes(number: int) -> Iterator[Path | None]:
    """Draw the built-in set in another process, one scene a step, and yield its folder at the end.

    Raises UserError command-failed.
    """
    from trainer.scenes import set_folder

    folder = set_folder(number)
    for _picture in lines_of("scenes", str(folder), "--number", str(number)):
        yield None
    yield folder


def look_at(folder: Path) -> Iterator[DataFacts]:
    """Yield what is known of a folder, more each time; raises UserError as recognise does."""
    from trainer.datasets import recognise
    from trainer.problems import problems

    data = recognise(folder)
    splits = {split: len(names) for split, (names, _half) in data.divided().items()}
    facts = DataFacts(folder, data.layout, data.labelled, splits)
    yield facts
    try:
        train = data.examples("train")
        validation = data.examples("val")
    except UserError as error:
        facts = replace(facts, obstacle=error, problems=tuple(problems(data)))
        yield facts
        return
    people = sum(len(example.heads) for example in train + validation)
    sizes = [_pixels(example.picture) for example in train]
    others = [_pixels(example.picture) for example in validation]
    amount = Amount(len(train), sum(sizes), sum(others), len(validation))
    facts = replace(facts, people=people, amount=amount)
    yield facts
    spread = np.linspace(0, len(train) - 1, min(THUMBNAILS, len(train))).round().astype(int)
    for place in spread:
        found = thumbnail(train[place].picture, train[place].heads)
        if found is not None:
            facts = replace(facts, thumbnails=(*facts.thumbnails, found))
            yield facts
    yield replace(facts, problems=tuple(problems(data)))


def thumbnail(path: Path, heads: NDArray[np.float32]) -> Thumbnail | None:
    """Return a picture small; None where it cannot be read, which the problems tell."""
    try:
        pixels = read_picture(path)
    except UserError:
        return None
    height, width = pixels.shape[:2]
    image = rgb_image(reduced(pixels, THUMBNAIL_PX))
    # Here and not in the window's thread, which thousands of dots would keep from its turn.
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(HEAD))
    for x, y in heads * (image.width() / width, image.height() / height):
        painter.drawEllipse(QPointF(x, y), HEAD_PX, HEAD_PX)
    painter.end()
    return Thumbnail(path.name, image, len(heads))


@dataclass(frozen=True, eq=False)
class Preview:
    """A validation picture and the maps of truth, teacher (if any) and student, coloured alike."""

    name: str
    picture: QImage | None
    maps: dict[str, QImage] = field(default_factory=dict)
    counts: dict[str, float] = field(default_factory=dict)


def read_preview(folder: Path, colour_map: str) -> Preview | None:
    """Read a run's preview; None where there is none that can be read."""
    try:
        with np.load(folder / PREVIEW_FILE, allow_pickle=False) as file:
            path = Path(str(file["picture"]))
            maps = {
                name: np.asarray(file[name], np.float32)
                for name in ("truth", "teacher", "student")
                if name in file.files
            }
        picture = rgb_image(reduced(read_picture(path), PREVIEW_PX)) if path.exists() else None
    except (OSError, ValueError, KeyError, EOFError, UserError):
        return None
    counts = {name: float(cells.sum()) for name, cells in maps.items()}
    # Cells differ in size, and true heads are single cells: persons an area, spread as far as a
    # person sees a heap, are comparable.
    even = {name: _blurred(cells * cells.size) for name, cells in maps.items()}
    peaks = [float(np.percentile(cells, 99.7)) for cells in even.values()]
    scale = max(*peaks, 1e-6) if peaks else 1.0
    images = {
        name: coloured(density_image(cells, scale), colour_map) for name, cells in even.items()
    }
    return Preview(path.name, picture, images, counts)


def _blurred(cells: NDArray[np.float32]) -> NDArray[np.float32]:
    sigma = max(SPREAD * cells.shape[1], 0.6)
    return np.asarray(cv2.GaussianBlur(cells, (0, 0), sigma), np.float32)


def measure_teacher(
    folder: Path, config: Config, engine: EngineChoice
) -> Iterator[dict[str, float] | None]:
    """Count the validation pictures of a run with its teacher in another process; its errors.

    They are written into the run folder, so that they are measured once. Raises UserError
    command-failed or path-unwritable.
    """
    from trainer.datasets import limited

    errors: list[list[float]] = []
    with TemporaryDirectory() as place:
        table = Path(place) / "pictures.csv"
        for data in config.data:
            # One thread: the training and the window come first.
            words = ("--data", data, "--model", config.teacher, "--csv", str(table))
            how = ("--device", engine.device, "--threads", str(engine.threads or 1))
            for _line in lines_of("evaluate", *words, *how):
                yield None
            with table.open(newline="", encoding="utf-8") as file:
                errors.append([float(row["error"]) for row in csv.DictReader(file)])
    found = np.array(limited(errors, config.limit))
    facts = {
        "mae": float(np.abs(found).mean()), "rmse": float(np.sqrt((found**2).mean())),
        "n": float(len(found)),
    }  # fmt: skip
    # A run that was deleted meanwhile stays so.
    if folder.is_dir():
        write_text(folder / TEACHER_FILE, json.dumps({"teacher": config.teacher, **facts}))
    yield facts


def teacher_figures(folder: Path) -> tuple[float, int] | None:
    """Return the teacher's MAE on a run's validation pictures, if measured, and their number."""
    try:
        facts = json.loads((folder / TEACHER_FILE).read_text("utf-8"))
        return float(facts["mae"]), int(facts["n"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def suggested_name(config: Config) -> str:
    """Return a free name for what a run trained."""
    kind = f"-kd-{config.alpha:g}" if config.needs_teacher else ""
    wanted = f"my-{config.network}{kind}"
    return free_name(wanted)


def install(weights: Path, name: str) -> Iterator[str]:
    """Copy a run's best weights to the models under a name, and make the CPU engine's file.

    Yields the name once it can count, and again once it counts fast. Raises UserError model-name,
    model-exists, path-unwritable, as read_header does, or command-failed after the first.
    """
    check_name(name)
    target = user_folder() / f"{name}.safetensors"
    if target.exists() or is_taken(name):
        raise UserError("model-exists", name=name)
    read_header(weights)
    with replacing(target) as temporary:
        temporary.write_bytes(weights.read_bytes())
    yield name
    yield from (name for _ in export(target, target.with_suffix(".onnx")))


def export(weights: Path, target: Path) -> Iterator[Path]:
    """Write weights as ONNX in another process; raises UserError command-failed."""
    for _line in lines_of("export", "--model", str(weights), "--output", str(target)):
        yield target


def _pixels(path: Path) -> int:
    """Return how many pixels a picture has, 0 where it cannot be read, which the problems tell."""
    try:
        width, height = picture_size(path)
    except UserError:
        return 0
    return width * height
