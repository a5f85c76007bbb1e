"""Everything visible is said in the language chosen, and switching needs no restart."""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import string
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from crowdgui.live.zones import Zone
from crowdgui.window.counting.picture_list import SETTLE_MS
from crowdgui.window.language import choose_language, install_language, say
from crowdgui.window.main_window import MainWindow
from models.errors import SENTENCES, UserError
from models.reasons import REASONS, SYSTEM_REASONS
from trainer.config import make_config

Grey = Callable[..., str]
Wait = Callable[[MainWindow], None]

ROOT = Path(__file__).resolve().parents[3]
TS = ROOT / "crowdgui" / "window" / "translations" / "crowdgui_ko.ts"


@pytest.fixture(scope="module")
def translations() -> ModuleType:
    path = ROOT / "packaging" / "translations.py"
    spec = importlib.util.spec_from_file_location("translations_script", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def messages() -> list[tuple[str, str, ElementTree.Element]]:
    """Return context, source and translation of every message."""
    found = []
    for context in ElementTree.parse(TS).iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            source = message.findtext("source", "")
            found.append((context.findtext("name", ""), source, translation))
    return found


def visible_texts(window: MainWindow) -> list[str]:
    texts = [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    texts += [action.text() for action in window.actions_.all().values()]
    texts += [menu.text() for menu in window.menuBar().actions()]
    controls, page = window.page.controls, window.page
    texts += [controls.density.text(), page.empty.open_button.text(), page.empty.demo_button.text()]
    return [*texts, window.page.view.accessibleName()]


def has_hangul(text: str) -> bool:
    return any("가" <= letter <= "힣" for letter in text)


def test_switch_there_and_back(
    window: MainWindow, grey: Grey, wait_idle: Wait, qtbot: QtBot
) -> None:
    window.open_words(["/no/such", grey(10), "demo:"])
    wait_idle(window)
    window.page.choose(2)
    wait_idle(window)
    # The sum below the list follows the counts a little later.
    qtbot.wait(2 * SETTLE_MS)
    english = visible_texts(window)
    assert [text for text in english if has_hangul(text)] == ["한국어"]
    window.actions_["language-ko"].trigger()
    qtbot.waitUntil(lambda: window.page.facts.title.text() == "인원 수")
    korean = visible_texts(window)
    assert window.page.facts.truth.text().startswith("실제 ")
    assert window.windowTitle() == "데모 장면 — crowdgui"
    assert "찾을 수 없습니다" in window.notices.bars()[0].label.text()
    assert window.actions_["open"].text() == "열기(&O)…"
    assert window.actions_["open"].iconText() == "열기"
    buttons = [action.iconText() for action in window.toolbar.actions()]
    assert [text for text in buttons if set(text) & set("&()…")] == []
    assert window.settings.language == "ko"
    same = {text for text, other in zip(english, korean, strict=True) if text == other}
    assert same & {source for _context, source, _translation in messages()} == set()
    window.actions_["language-en"].trigger()
    qtbot.waitUntil(lambda: window.page.facts.title.text() == "Count")
    assert visible_texts(window) == english


@pytest.mark.usefixtures("fakes")
def test_window_starts_in_korean(new_window: Callable[..., MainWindow]) -> None:
    window = new_window("ko")
    assert window.page.empty.title.text() == "사진을 열거나 여기에 끌어다 놓으세요"
    assert window.actions_["language-ko"].isChecked()
    # A word for this start alone is not remembered.
    assert window.settings.language == ""


def test_asked_before_remembered_before_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("ko_KR"))
    assert choose_language("en", "ko") == "en"
    assert choose_language("", "en") == "en"
    assert choose_language("", "") == "ko"
    assert choose_language("", "tlh") == "ko"
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("fr_FR"))
    assert choose_language("", "") == "en"


def test_every_text_is_translated() -> None:
    unfinished = [s for _c, s, t in messages() if t.get("type") or not (t.text or "").strip()]
    assert unfinished == []


def test_every_sentence_of_an_error_is_there() -> None:
    known = {source for context, source, _t in messages() if context == "UserError"}
    assert set(SENTENCES.values()) == known


def test_translations_keep_the_places_of_the_facts() -> None:
    def places(text: str) -> set[tuple[str, str]]:
        parts = string.Formatter().parse(text)
        return {(name, form or "") for _text, name, form, _conversion in parts if name}

    wrong = [s for _c, s, t in messages() if places(s) != places(t.text or "")]
    assert wrong == []


def test_nothing_in_the_code_is_missing(translations: ModuleType, tmp_path: Path) -> None:
    copy = tmp_path / TS.name
    shutil.copy(TS, copy)
    translations.update(copy, translations.LANGUAGES["ko"])
    assert copy.read_bytes() == TS.read_bytes(), "run: python packaging/translations.py"


def test_compiled_file_is_that_of_the_source(translations: ModuleType, tmp_path: Path) -> None:
    compiled = tmp_path / "again.qm"
    translations.compile_(TS, compiled)
    committed = TS.with_suffix(".qm").read_bytes()
    assert compiled.read_bytes() == committed, "run: python packaging/translations.py"


def test_every_reason_is_there() -> None:
    known = {source for context, source, _t in messages() if context == "Reason"}
    assert {*REASONS.values(), *SYSTEM_REASONS} == known


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (lambda: make_config({"network": "mcnn", "epochs": 0}), "1 이상이어야 합니다"),
        (lambda: make_config({"epoch": 1}), "그런 설정이 없습니다"),
        (lambda: Zone("", ((0, 0), (1, 0), (1, 1))), "이름이 비어 있거나 너무 깁니다"),
    ],
)
def test_reasons_are_said_in_the_language_of_the_window(
    error: Callable[[], object], said: str, qapp: QApplication
) -> None:
    with pytest.raises(UserError) as raised:
        error()
    assert said not in str(raised.value)
    install_language(qapp, "ko")
    try:
        assert said in say(raised.value)
    finally:
        install_language(qapp, "en")


def test_what_the_system_says_is_said_where_it_is_known(qapp: QApplication) -> None:
    known, unknown = os.strerror(errno.EACCES), "Its own words"
    install_language(qapp, "ko")
    try:
        assert "권한" in say(UserError("path-unwritable", path="a", reason=known))
        assert unknown in say(UserError("path-unwritable", path="a", reason=unknown))
    finally:
        install_language(qapp, "en")


def test_a_switch_leaves_no_translators(qapp: QApplication, qtbot: QtBot) -> None:
    for code in ("ko", "en", "ko", "en"):
        install_language(qapp, code)
    qtbot.waitUntil(lambda: qapp.findChildren(QTranslator) == [])
