"""What tells a person who started the program by a double click that Qt cannot show a window."""

from __future__ import annotations

import shutil
import subprocess
import sys
import textwrap

from crowdgui.log_file import log, start_log

# Programs that desktops have; the first that works shows the sentence.
DIALOGS = (
    ("zenity", "--error", "--title=crowdgui", "--no-markup", "--width=480", "--text={}"),
    ("kdialog", "--title", "crowdgui", "--error", "{}"),
    ("xmessage", "-center", "{}"),
    ("notify-send", "crowdgui", "{}"),
    ("x-terminal-emulator", "-e", "sh", "-c", 'echo "$0"; read _', "{}"),
)
LINE = 72  # letters; xmessage breaks no lines of its own
FAILS_WITHIN_S = 2.0


def show_sentence(sentence: str) -> str:
    """Show the sentence to a person without a terminal, and log it.

    Returns the program that shows it; nothing where a terminal has it, or where there is none.
    """
    if sys.platform != "linux" or _has_terminal():
        return ""
    handler = start_log()
    log.error("%s", sentence)
    log.removeHandler(handler)
    handler.close()
    text = textwrap.fill(sentence, LINE)
    return next((words[0] for words in DIALOGS if _shows(words, text)), "")


def _has_terminal() -> bool:
    return any(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _shows(words: tuple[str, ...], text: str) -> bool:
    """Start a dialog that outlives this program; returns whether it is there."""
    if shutil.which(words[0]) is None:
        return False
    try:
        dialog = subprocess.Popen(
            [word.replace("{}", text) for word in words], start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
    except OSError:
        return False
    try:
        return dialog.wait(FAILS_WITHIN_S) == 0
    except subprocess.TimeoutExpired:
        return True
