"""A broker's address as it is remembered, and the password that is not."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from crowdgui.live import credentials

_PARTS = re.compile(r"^(\w+://)([^:@/?#]*)(?::([^/?#]*))?@(.*)$", re.DOTALL)


def split_password(address: str) -> tuple[str, str]:
    """Return an address without its password, and the password in clear ("" for none).

    A password that stands in a variable (`${NAME}`) is no secret and stays in the address.
    """
    address = address.strip()
    found = credentials.split_password(address)
    if found is None or re.fullmatch(r"\$\{\w+\}", found[2]):
        return address, ""
    bare, user, password = found
    scheme, _, rest = bare.partition("://")
    return f"{scheme}://{user}@{rest}", unquote(password)


def is_harmless(address: str) -> bool:
    """Whether an address may be saved: it holds no password, also not as a mistyped one."""
    typed_well = "://" in address or "@" not in address
    return typed_well and credentials.mask_mistyped(address) == address


def with_password(address: str, password: str) -> str:
    """Return the address with a password behind its user."""
    parts = _PARTS.match(address)
    if parts is None or not password:
        return address
    return f"{parts[1]}{parts[2]}:{quote(password, safe='')}@{parts[4]}"


def wants_password(address: str) -> bool:
    """Whether an address has a user and no password of its own."""
    parts = _PARTS.match(address.strip())
    return parts is not None and bool(parts[2]) and parts[3] is None
