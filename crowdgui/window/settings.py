"""What the window remembers between two runs: a JSON file that never blocks the start."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_config_path

from models.files import replacing


@dataclass
class Settings:
    """One field a remembered thing; an empty text means that nobody has chosen yet."""

    language: str = ""
    theme: str = "system"
    model: str = ""
    folder: str = ""
    geometry: str = ""
    overlay: bool = True
    opacity: int = 70


def settings_file() -> Path:
    return user_config_path("crowdgui", appauthor=False) / "settings.json"


def load_settings(path: Path) -> tuple[Settings, Path | None]:
    """Read the settings; what is missing or of the wrong kind takes its default.

    A file that cannot be understood is kept aside for a person to look at, and the place where
    it now lies is returned beside the defaults.
    """
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(facts, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, RecursionError):
        return Settings(), _put_aside(path)
    good = {
        field.name: facts[field.name]
        for field in fields(Settings)
        if type(facts.get(field.name)) is type(field.default)
    }
    settings = Settings(**good)
    settings.opacity = min(max(settings.opacity, 0), 100)
    return settings, None


def save_settings(settings: Settings, path: Path) -> None:
    """Write the settings, replacing the file as a whole; UserError path-unwritable."""
    with replacing(path) as temporary:
        temporary.write_text(json.dumps(asdict(settings), indent=2), encoding="utf-8")


def _put_aside(path: Path) -> Path:
    aside = path.with_suffix(".damaged.json")
    try:
        path.replace(aside)
    except OSError:
        return path
    return aside
