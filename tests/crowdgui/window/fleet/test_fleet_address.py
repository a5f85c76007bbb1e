"""A broker's address without its password."""

from __future__ import annotations

import pytest

from crowdgui.window.fleet.address import split_password, wants_password, with_password


@pytest.mark.parametrize(
    ("address", "bare", "password"),
    [
        ("mqtt://u:p@h/t", "mqtt://u@h/t", "p"),
        ("mqtt://u:a@b%2F@h", "mqtt://u@h", "a@b/"),
        (" mqtt://u:${P}@h ", "mqtt://u:${P}@h", ""),
        ("mqtt://u@h", "mqtt://u@h", ""),
        ("mqtt://h:1883/t", "mqtt://h:1883/t", ""),
        ("nonsense", "nonsense", ""),
    ],
)
def test_passwords_leave_the_address(address: str, bare: str, password: str) -> None:
    assert split_password(address) == (bare, password)
    if password:
        assert split_password(with_password(bare, password)) == (bare, password)
    assert wants_password(bare) == (bare.startswith("mqtt://u@"))
