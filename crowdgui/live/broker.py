"""The MQTT broker's address, and a connection to it that comes back by itself."""

from __future__ import annotations

import re
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from crowdgui.live.credentials import complete, mask_mistyped
from models.errors import UserError

if TYPE_CHECKING:
    from paho.mqtt.properties import Properties

PORTS = {"mqtt": 1883, "mqtts": 8883}
TOPIC = "crowdgui"
KEEPALIVE_S = 15
QOS = 1
# How long a broker keeps what a subscriber missed, in seconds.
SESSION_S = 3600


@dataclass(frozen=True, repr=False)
class Broker:
    """Where messages go: mqtt://user:${PASSWORD}@host:port/topic, or mqtts:// with a CA file.

    `name` is its address as it may be shown; `topic` what all topics begin with.
    """

    name: str
    host: str
    port: int
    user: str | None
    password: str | None
    secure: bool
    authority: Path | None
    topic: str

    @classmethod
    def parse(cls, address: str, authority: Path | None = None) -> Broker:
        """Read an address and the file of the certificate authority (None: the system's).

        Raises UserError broker-invalid, variable-missing or path-missing.
        """
        shown = mask_mistyped(address)
        try:
            parts = urlsplit(complete(address), allow_fragments=False)
            port = parts.port
            # Two dots in a row, or a part that is too long: asking for it would end paho's thread.
            (parts.hostname or "").encode("idna")
        except ValueError as error:
            raise UserError("broker-invalid", address=shown) from error
        topic = unquote(parts.path).strip("/") or TOPIC
        odd = parts.query or re.search(r"[+#\0]", topic)
        if parts.scheme not in PORTS or not parts.hostname or odd:
            raise UserError("broker-invalid", address=shown)
        if authority is not None and not authority.is_file():
            raise UserError("path-missing", path=authority)
        return cls(
            name=shown,
            host=parts.hostname,
            port=port or PORTS[parts.scheme],
            user=None if parts.username is None else unquote(parts.username),
            password=None if parts.password is None else unquote(parts.password),
            secure=parts.scheme == "mqtts",
            authority=authority,
            topic=topic,
        )


class Link:
    """A paho client with its state: `connected`, and `problem` while it is not.

    `changed` is called without arguments from paho's thread. paho tries again by itself, after
    1 to 5 seconds. With `lasting` the broker keeps for SESSION_S what comes while this side is
    away (MQTT 5).
    """

    def __init__(
        self,
        broker: Broker,
        client_id: str,
        changed: Callable[[], None],
        *,
        lasting: bool = False,
    ) -> None:
        """Raise UserError engine-missing or broker-ca; nothing is connected before `start`."""
        try:
            from paho.mqtt.client import Client
            from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
        except ImportError as error:
            raise UserError("engine-missing", engine="MQTT", package="paho-mqtt") from error
        self.broker = broker
        self.connected = False
        self.problem: UserError | None = None
        self.connections = 0
        self._changed = changed
        self._lasting = lasting
        version = MQTTProtocolVersion.MQTTv5 if lasting else MQTTProtocolVersion.MQTTv311
        self.client = Client(CallbackAPIVersion.VERSION2, client_id=client_id, protocol=version)
        if broker.user is not None:
            self.client.username_pw_set(broker.user, broker.password)
        if broker.secure:
            self._secure()
        self.client.reconnect_delay_set(1, 5)
        self.client.on_connect = self._on_connect
        self.client.on_connect_fail = self._on_connect_fail
        self.client.on_disconnect = self._on_disconnect

    def start(self) -> None:
        host, port = self.broker.host, self.broker.port
        self.client.connect_async(host, port, KEEPALIVE_S, properties=self._session("CONNECT"))
        self.client.loop_start()

    def stop(self) -> None:
        self.client.disconnect(properties=self._session("DISCONNECT"))
        self.client.loop_stop()

    def _session(self, packet: str) -> Properties | None:
        """Ask the broker to keep a lasting session for a while, and to forget it at the end."""
        if not self._lasting:
            return None
        from paho.mqtt.packettypes import PacketTypes
        from paho.mqtt.properties import Properties

        facts = Properties(getattr(PacketTypes, packet))  # type: ignore[no-untyped-call]
        facts.SessionExpiryInterval = SESSION_S if packet == "CONNECT" else 0
        return facts

    def _secure(self) -> None:
        authority = self.broker.authority
        try:
            self.client.tls_set(ca_certs=None if authority is None else str(authority))
        except (OSError, ValueError, ssl.SSLError) as error:
            raise UserError("broker-ca", path=authority, reason=error) from error

    def _on_connect(self, client: Any, data: Any, flags: Any, reason: Any, facts: Any) -> None:
        del client, data, flags, facts
        self.connected = not reason.is_failure
        if self.connected:
            self.problem = None
            self.connections += 1
        else:
            self.problem = UserError("broker-refused", address=self.broker.name, reason=reason)
        self._changed()

    def _on_connect_fail(self, client: Any, data: Any) -> None:
        del client, data
        # paho calls this while it handles the error, and does not give it.
        error = sys.exc_info()[1]
        self._lost(error.verify_message if isinstance(error, ssl.SSLCertVerificationError) else "")

    def _on_disconnect(self, client: Any, data: Any, flags: Any, reason: Any, facts: Any) -> None:
        del client, data, flags, facts
        if self.problem is not None and self.problem.code == "broker-refused":
            # The broker ends the connection after it refused: the first reason is the true one.
            self.connected = False
            return
        if reason.is_failure:
            self._lost()
        self.connected = False

    def _lost(self, distrust: str = "") -> None:
        """The broker is away, or its certificate is not trusted, and why."""
        self.connected = False
        name = self.broker.name
        self.problem = UserError("broker-away", address=name)
        if distrust:
            self.problem = UserError("broker-distrusted", address=name, reason=distrust)
        self._changed()
