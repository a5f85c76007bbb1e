"""What the window remembers between two runs: a JSON file that never blocks the start."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from crowdgui.sources import kind_of
from models.files import patiently, write_text

MOST_RECENT = 8


@dataclass
class Settings:
    """One field a remembered thing; an empty text means that nobody has chosen yet.

    `newer` has what a newer version remembers and this one does not know.
    """

    language: str = ""
    theme: str = "system"
    toured: bool = False
    model: str = ""
    folder: str = ""
    geometry: str = ""
    panels: str = ""
    overlay: bool = True
    opacity: int = 70
    colour_map: str = "inferno"
    list_shown: bool = True
    facts_shown: bool = True
    device: str = "auto"
    precision: str = "auto"
    threads: int = 0
    speeds: dict[str, Any] = field(default_factory=dict)
    data: str = ""
    broker: str = ""
    broker_ca: str = ""
    runs: str = ""
    live: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    keys: dict[str, Any] = field(default_factory=dict)
    newer: dict[str, Any] = field(default_factory=dict)

    def remember_opened(self, words: list[str]) -> None:
        """Put what was opened at the head of the recent files, each once.

        Addresses are kept apart, too: a folder of pictures would push them out.
        """
        self.recent = list(dict.fromkeys([*words, *self.recent]))[:MOST_RECENT]
        addresses = [word for word in words if kind_of(word) == "stream"]
        self.addresses = list(dict.fromkeys([*addresses, *self.addresses]))[:MOST_RECENT]


def settings_file() -> Path:
    return user_config_path("crowdgui", appauthor=False) / "settings.json"


def load_settings(path: Path) -> tuple[Settings, Path | None]:
    """Read the settings; what is missing or of the wrong kind takes its default.

    A file that cannot be understood is kept aside for a person to look at, and the place where
    it now lies is returned beside the defaults.
    """
    try:
        facts = json.loads(patiently(path.read_text, encoding="utf-8"))
        if not isinstance(facts, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, RecursionError):
        return Settings(), put_aside(path)
    known = {one.name for one in fields(Settings)} - {"newer"}
    settings = Settings(newer={name: facts[name] for name in facts.keys() - known})
    for name in known:
        if type(facts.get(name)) is type(getattr(settings, name)):
            setattr(settings, name, facts[name])
    settings.opacity = min(max(settings.opacity, 0), 100)
    settings.threads = min(max(settings.threads, 0), 1024)
    settings.recent = _only_words(settings.recent)
    settings.addresses = _only_words(settings.addresses)
    return settings, None


def _only_words(kept: list[str]) -> list[str]:
    return [word for word in kept if isinstance(word, str)][:MOST_RECENT]


def settings_text(settings: Settings) -> str:
    facts = asdict(settings)
    return json.dumps({**facts.pop("newer"), **facts}, indent=2)


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings; UserError path-unwritable."""
    write_text(path, settings_text(settings))


def put_aside(path: Path) -> Path:
    """Move a damaged file out of the way; returns where it lies now."""
    aside = path.with_suffix(".damaged.json")
    try:
        path.replace(aside)
    except OSError:
        return path
    return aside
