"""Passwords are filled in for opening, and masked everywhere else."""

from __future__ import annotations

import sys
import types

import pytest

from crowdgui.live import credentials
from crowdgui.live.broker import Broker
from crowdgui.live.credentials import complete, mask, mask_mistyped, remember
from crowdgui.live.streams import StreamFeed
from models.errors import UserError


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("rtsp://user:geheim@host/path", "rtsp://user:***@host/path"),
        ("rtsp://user:ge@he/im@host:554/p", "rtsp://user:***@host:554/p"),
        ("rtsp://:geheim@host", "rtsp://:***@host"),
        ("rtsp://user:${CAMERA}@host", "rtsp://user:${CAMERA}@host"),
        ("rtsp://user:${A}geheim@host", "rtsp://user:***@host"),
        ("http://host/v?user=a&password=geheim&x=1", "http://host/v?user=a&password=***&x=1"),
        ("http://host/v?access_token=geheim#top", "http://host/v?access_token=***#top"),
        ("cannot open rtsp://u:geheim@h and mqtt://v:geheim@i", None),
        ("rtsp://u:ge heim geheim@1.2.3.4/s", "rtsp://u:***@1.2.3.4/s"),
        ("rtsp://u:2024#geheim@1.2.3.4/s", "rtsp://u:***@1.2.3.4/s"),
        ("rtsp://u:20?geheim@1.2.3.4/s", "rtsp://u:***@1.2.3.4/s"),
        ("http://host:80?user=a@b.c", "http://host:80?user=a@b.c"),
        ("rtsp://host:554#top and a@b.c", "rtsp://host:554#top and a@b.c"),
        ("rtsp://host:8554/test", "rtsp://host:8554/test"),
        ("rtsp://1.2.3.4:554/stream@1", "rtsp://1.2.3.4:554/stream@1"),
        ("rtsp://[::1]:554/stream@1", "rtsp://[::1]:554/stream@1"),
        ("rtsp://u:geheim@1.2.3.4/stream@1", "rtsp://u:***@1.2.3.4/stream@1"),
        ("rtsp://u:ge@heim@camera:554/stream@1", "rtsp://u:***@camera:554/stream@1"),
        ("http://h/v?loginuse=a&loginpas=geheim", "http://h/v?loginuse=a&loginpas=***"),
        ("http://h/v?pw=geheim;credential=geheim", "http://h/v?pw=***;credential=***"),
        ("rtsp://h/user=a_password=geheim_channel=1", "rtsp://h/user=a_password=***_channel=1"),
        ("rtsp://h/user=a&password=geheim&channel=1", "rtsp://h/user=a&password=***&channel=1"),
    ],
)
def test_what_is_shown(given: str, shown: str | None) -> None:
    assert "geheim" not in mask(given)
    if shown is not None:
        assert mask(given) == shown
        assert mask(mask(given)) == mask(given)


def test_variables_are_filled_in_and_quoted_where_they_must_be() -> None:
    there = {"USER_": "a b", "PASS": "p@ss/w:rd", "HOST": "host:8554", "ALL": "http://x/y"}
    assert complete("rtsp://${USER_}:${PASS}@${HOST}/t", there) == (
        "rtsp://a%20b:p%40ss%2Fw%3Ard@host:8554/t"
    )
    assert complete("${ALL}", there) == "http://x/y"
    assert complete("rtsp://host/t", {}) == "rtsp://host/t"


def test_a_variable_that_is_not_set_is_named() -> None:
    with pytest.raises(UserError, match="variable NOT_THERE") as caught:
        complete("rtsp://u:geheim${NOT_THERE}@host", {})
    assert "geheim" not in str(caught.value)


def test_the_keyring_keeps_what_the_address_then_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[tuple[str, str], str] = {}
    keyring, errors = types.ModuleType("keyring"), types.ModuleType("keyring.errors")
    errors.KeyringError = OSError  # type: ignore[attr-defined]
    keyring.set_password = lambda s, a, p: kept.__setitem__((s, a), p)  # type: ignore[attr-defined]
    keyring.get_password = lambda s, a: kept.get((s, a))  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", keyring)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr(credentials, "keyring_available", lambda: True)
    bare = remember("rtsp://user:ge%40heim@host:554/path")
    assert bare == "rtsp://user@host:554/path"
    assert complete(bare) == "rtsp://user:ge%40heim@host:554/path"
    assert complete("rtsp://other@host:554/path") == "rtsp://other@host:554/path"
    assert remember("rtsp://user:${PASS}@host") == "rtsp://user:${PASS}@host"


def test_names_and_errors_hold_no_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CAMERA_PASSWORD", "geheim")
    assert StreamFeed("rtsp://user:${CAMERA_PASSWORD}@127.0.0.1/x").name.count("geheim") == 0
    broker = Broker.parse("mqtt://user:geheim@127.0.0.1/place")
    assert "geheim" not in f"{broker!r} {broker.name}"
    assert (broker.password, broker.topic, broker.port) == ("geheim", "place", 1883)
    for wrong in ("mqtt://", "http://user:geheim@host", "mqtt://host/a/+/b", "mqtt://h:99999999"):
        with pytest.raises(UserError) as caught:
            Broker.parse(wrong)
        assert caught.value.code == "broker-invalid"
        assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("wrong", ["ftp://host/x", "rtsp://", "rtsp:///path", "http://[::1/x"])
def test_addresses_that_are_none(wrong: str) -> None:
    with pytest.raises(UserError, match="is no address of a stream"):
        StreamFeed(wrong)


def test_a_password_with_a_blank_goes_into_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: dict[str, str] = {}
    module, errors = types.ModuleType("keyring"), types.ModuleType("keyring.errors")
    module.set_password = lambda _s, account, password: kept.update({account: password})  # type: ignore[attr-defined]
    errors.KeyringError = OSError  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keyring", module)
    monkeypatch.setitem(sys.modules, "keyring.errors", errors)
    monkeypatch.setattr(credentials, "keyring_available", lambda: True)
    assert remember("rtsp://ann:ge heim@1.2.3.4/s") == "rtsp://ann@1.2.3.4/s"
    assert kept == {"rtsp://ann@1.2.3.4": "ge heim"}


@pytest.mark.parametrize("start", ["", "rtsp:/", "rtsp://", "rtsp//", "//", "rtsp:///"])
def test_what_was_only_meant_as_an_address_is_masked(start: str) -> None:
    assert mask_mistyped(f"{start}admin:S3cret@10.0.0.5/s") == f"{start}admin:***@10.0.0.5/s"
    assert mask_mistyped(f"{start}camera.example/s") == f"{start}camera.example/s"
