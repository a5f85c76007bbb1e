"""What is wrong with a data set, all of it, for a person to look through."""

from __future__ import annotations

from collections.abc import Iterator

from models.errors import UserError
from models.pictures import picture_size
from trainer.datasets import DataSet
from trainer.density import inside
from trainer.layouts.layout import Half


def problems(data: DataSet) -> list[UserError]:
    """Return everything wrong in a data set; `str` of each is a line, and none was raised.

    Pictures without annotation and the reverse, annotations that cannot be read, points outside
    their picture, boxes around groups. Every annotation is read, of pictures the header alone.
    """
    try:
        halves = data.files.halves()
        found = data.files.left_out()
    except UserError as error:
        return [error]
    for half in halves.values():
        found += half.unpaired()
        found += _in_pairs(data, half)
    return found


def _in_pairs(data: DataSet, half: Half) -> Iterator[UserError]:
    for name, picture in half.pictures.items():
        if name not in half.annotations:
            continue
        try:
            points = data.files.read(name, half.annotations[name])
            width, height = picture_size(picture)
        except UserError as error:
            yield error
            continue
        outside = len(points) - len(inside(points, width, height))
        if outside:
            yield UserError("data-outside", path=picture, number=outside, total=len(points))
