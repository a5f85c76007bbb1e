"""A broker's address without its password."""

from __future__ import annotations

import pytest

from crowdgui.window.fleet.address import (
    is_harmless,
    split_password,
    wants_password,
    with_password,
)


@pytest.mark.parametrize(
    ("address", "bare", "password"),
    [
        ("mqtt://u:p@h/t", "mqtt://u@h/t", "p"),
        ("mqtt://u:a@b%2F@h", "mqtt://u@h", "a@b/"),
        ("mqtts://u:s3cret#1@broker.local/t", "mqtts://u@broker.local/t", "s3cret#1"),
        ("mqtt://u:a/b?c@h:1883/t", "mqtt://u@h:1883/t", "a/b?c"),
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
    assert wants_password(bare) == ("//u@" in bare)


@pytest.mark.parametrize(
    "address",
    ["mqtt:/op:S3cret@broker", "op:S3cret@broker", "mqtt//op:S3cret@h", "mqtt://h/t?token=S3cret"],
)
def test_what_may_hold_a_password_is_not_saved(address: str) -> None:
    assert not is_harmless(address)


@pytest.mark.parametrize(
    "address", ["", "mqtt://h", "mqtts://u@h:8883/t", "mqtt://u:${P}@h", "${BROKER}", "nonsense"]
)
def test_what_holds_none_is_saved(address: str) -> None:
    assert is_harmless(address)
