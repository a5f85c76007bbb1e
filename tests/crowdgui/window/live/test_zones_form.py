"""Each level of a zone has its own field, and the alert says how many people it takes."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from crowdgui.window.live.zones_drafts import Draft
from crowdgui.window.live.zones_form import ZoneForm

SQUARE = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))


@pytest.fixture
def form(qtbot: QtBot) -> ZoneForm:
    form = ZoneForm()
    qtbot.addWidget(form)
    return form


def alerts(form: ZoneForm) -> list[str]:
    return [form.alert.itemText(place) for place in range(form.alert.count())]


def test_each_level_has_a_label_of_its_own(form: ZoneForm) -> None:
    named = {label.text(): label.buddy() for label in form.labels.values()}
    words = ("&Moderate from", "Cro&wded from", "&Very crowded from")
    assert tuple(named[word] for word in words) == form.limits
    assert len({label.text() for label in form.labels.values()}) == len(form.parts)


def test_the_alert_says_from_how_many_people(form: ZoneForm) -> None:
    plain = ["never", "moderate", "crowded", "very crowded"]
    assert alerts(form) == plain
    form.show_draft(Draft("Hall", SQUARE))
    assert alerts(form) == plain
    form.capacity.setValue(2000)
    assert alerts(form)[1:] == [
        "moderate, from 1,000 people", "crowded, from 1,600 people",
        "very crowded, from 2,000 people",
    ]  # fmt: skip
    form.limits[1].setValue(90)
    assert alerts(form)[2] == "crowded, from 1,800 people"
    # What is chosen stays, whatever it is called now.
    assert form.alert.currentData() == 3
    form.retranslate()
    assert form.alert.currentText() == "very crowded, from 2,000 people"
    form.show_draft(Draft("Gate", SQUARE, area_m2=10, alert_at=1))
    assert form.alert.currentText() == "moderate, from 10 people"
