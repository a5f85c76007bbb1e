"""Passwords in addresses: filled in only when a connection is opened, masked everywhere else."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from urllib.parse import quote, unquote

from models.errors import UserError

MASK = "***"
KEYRING_SERVICE = "crowdgui"

_VARIABLE = re.compile(r"\$\{(\w+)\}")
# User and password stand before the first slash where a host follows them there; what is no clear
# case is taken greedily, so that a password that itself holds "@" or "/" is masked as a whole. A
# host with its port is no user with a password, however many "@" its path holds; but no port is
# followed by "#" and then by "@". A password may hold blanks where no doubt is left.
_HOST = r"(?=(?:(?:[\w-]+\.)+[\w-]+|localhost|\[[^\]\s]*\]|[\w-]+(?=:))(?::\d+)?(?:[/?#\s]|$))"
_PORT = r"\d{1,5}(?:[/\s]|$|\?[^\s@]*=|[?#][^\s@]*(?:\s|$))"
_PASSWORD = re.compile(
    rf"(\w+://[^\s:/?#@\[]*):(?!{_PORT})"
    rf"(?:(?P<clear>[^\s/?#]*)@{_HOST}"
    rf"|(?P<spaced>[^\r\n\t/?#]{{1,99}})@{_HOST}|(?P<greedy>\S*)@)"
)
_SECRET = r"[\w.-]*(?:pas|psw|pw|token|secret|key|auth|sig|cred)[\w.-]*="
_SECRET_FIELD = re.compile(rf"([?&;]{_SECRET})[^&;#\s]*", re.IGNORECASE)
# As some cameras have it in the path: /user=admin_password=..._channel=1.
_SECRET_IN_PATH = re.compile(
    r"(/(?:[^\s/?#&;]*_)?[a-z]*(?:pas|psw|pw|cred)[a-z]*=)[^\s/?#&;]*?(?=_[a-z]+=|[\s/?#&;]|$)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"^(\w+://)(?:([^/?#]*)@)?(.*)$", re.DOTALL)


def mask(text: str) -> str:
    """Return `text` with every password in its addresses replaced by ***.

    Whatever is shown, logged, saved or sent goes through here. Names of variables (`${NAME}`)
    are no secret and stay.
    """
    text = _PASSWORD.sub(lambda found: f"{found[1]}:{_masked(_password(found))}@", text)
    text = _SECRET_IN_PATH.sub(lambda found: found[1] + MASK, text)
    return _SECRET_FIELD.sub(lambda found: found[1] + MASK, text)


def mask_mistyped(word: str) -> str:
    """Mask also what was only meant as an address: with one slash, no colon, or no scheme."""
    scheme, rest = re.match(r"(\w*:?/+)?(.*)", word, re.DOTALL).groups("")  # type: ignore[union-attr]
    return scheme + mask(f"x://{rest}").removeprefix("x://")


def split_password(address: str) -> tuple[str, str, str] | None:
    """Return an address without user and password, the user, and the password as they stand there.

    None for an address without a password.
    """
    found = _PASSWORD.match(address)
    if found is None:
        return None
    scheme, _, user = found[1].partition("://")
    return f"{scheme}://{address[found.end() :]}", user, _password(found)


def without_password(address: str) -> str:
    """Return an address, masked or not, with its user and no password."""
    return _PASSWORD.sub(lambda found: f"{found[1]}@", address)


def _password(found: re.Match[str]) -> str:
    return next(part for part in found.group("clear", "spaced", "greedy") if part is not None)


def _masked(password: str) -> str:
    return password if _VARIABLE.fullmatch(password) else MASK


def complete(address: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the address with its secrets in clear, to be used for opening alone.

    `${NAME}` becomes the value of that environment variable; where there is a user and no
    password, the system keyring is asked. Raises UserError variable-missing.
    """

    def value(found: re.Match[str]) -> str:
        if found[1] not in environment:
            raise UserError("variable-missing", name=found[1], address=mask(address))
        return environment[found[1]]

    parts = _PARTS.match(address)
    if parts is None:
        # The variable holds the whole address.
        return _VARIABLE.sub(value, address)
    scheme, user, rest = parts[1], parts[2], _VARIABLE.sub(value, parts[3])
    if user is None:
        return scheme + rest
    user = _VARIABLE.sub(lambda found: quote(value(found), safe=""), user)
    if ":" not in user and (password := _recall(f"{scheme}{user}@{_host(rest)}")) is not None:
        user += ":" + quote(password, safe="")
    return f"{scheme}{user}@{rest}"


def keyring_available() -> bool:
    """Whether passwords can be kept in the system's keyring (the extra `keyring`)."""
    return find_spec("keyring") is not None


def remember(address: str) -> str:
    """Move an address's password into the system keyring; returns the address without it.

    An address without a password, or with one from a variable, comes back unchanged. Raises
    UserError keyring-unavailable.
    """
    parts = _PARTS.match(address)
    if parts is None or parts[2] is None or ":" not in parts[2]:
        return address
    user, _, password = parts[2].partition(":")
    if _VARIABLE.search(password):
        return address
    if not keyring_available():
        raise UserError("keyring-unavailable", reason="pip install keyring")
    import keyring
    from keyring.errors import KeyringError

    account = f"{parts[1]}{user}@{_host(parts[3])}"
    try:
        keyring.set_password(KEYRING_SERVICE, account, unquote(password))
    except (KeyringError, RuntimeError) as error:
        raise UserError("keyring-unavailable", reason=type(error).__name__) from error
    return f"{parts[1]}{user}@{parts[3]}"


def _recall(account: str) -> str | None:
    if not keyring_available():
        return None
    import keyring
    from keyring.errors import KeyringError

    try:
        password = keyring.get_password(KEYRING_SERVICE, account)
        return None if password is None else str(password)
    except (KeyringError, RuntimeError):
        # A machine without a keyring is one whose keyring holds nothing.
        return None


def _host(rest: str) -> str:
    return re.split(r"[/?#]", rest, maxsplit=1)[0]
