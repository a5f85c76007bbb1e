"""Pictures of one's own: heads are marked with mouse and keys, and the marks are there to use."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from persons import Person
from screens import wait_until
from trainer.marks import read_marks
from trainer.synthetic import render_scene


def test_marking(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "gate"
    folder.mkdir()
    paths = [folder / f"gate {number}.jpg" for number in (1, 2, 3)]
    for number, path in enumerate(paths):
        Image.fromarray(render_scene(6000 + number, (320, 240)).picture).save(path)
    person.presses("ctrl+shift+o")
    person.answers(folder)
    person.waits("the folder", lambda s: s["opened"] == 3 and not s["busy"])
    person.presses("alt+3")
    person.waits("the page", lambda s: s["page"] == "label" and "label-nobody" in s["enabled"])
    # Two heads, of which the second is taken away, and comes back.
    person.clicks("left")
    person.clicks("right")
    person.waits("two marks", lambda s: len(s["marked"]) == 2)
    person.presses("Delete")
    person.waits("one mark", lambda s: len(s["marked"]) == 1)
    person.presses("ctrl+z")
    person.waits("two marks", lambda s: len(s["marked"]) == 2 and not s["unsaved"])
    marks = read_marks(paths[0]).heads
    assert marks is not None
    for (x, y), (u, v) in zip(marks, [(60, 120), (240, 90)], strict=True):
        assert abs(x - u) < 2
        assert abs(y - v) < 2
    # Nobody is in the next one; the third stays as it is.
    person.presses("u")
    person.waits("another picture", lambda s: s["marked"] == [] and not s["busy"])
    person.waits("its marks", lambda s: "label-nobody" in s["enabled"])
    person.presses("e")
    person.waits("two of three", lambda s: s["progress"].startswith("2 of 3") and not s["unsaved"])
    assert read_marks(paths[1]).heads == ()
    assert read_marks(paths[2]).heads is None
    # The two that are marked can be measured; a morning's journey does that.
    person.presses("ctrl+r")
    person.waits("the data", lambda s: s["page"] == "evaluate" and s.get("data"))
    person.presses("ctrl+q")
    beats = tmp_path / "beats.jsonl"
    assert wait_until(lambda: "largest" in beats.read_text("utf-8"), 60)
