"""Why a stream could not be opened: asked of its server, since OpenCV does not say."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import ssl
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from crowdgui.live.credentials import mask
from models.errors import UserError

LIMIT_S = 1.5
PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}


def diagnose(address: str) -> UserError:
    """Return what is wrong with a stream's address (secrets in clear), as a person can mend it.

    Takes at most a few seconds. Codes: stream-host, stream-refused, stream-silent,
    stream-password, stream-missing, stream-unreadable.
    """
    shown = mask(address)
    parts = urlsplit(address)
    if parts.scheme not in PORTS:
        return UserError("stream-unreadable", address=shown)
    place = {"address": shown, "host": parts.hostname, "port": parts.port or PORTS[parts.scheme]}
    try:
        status, challenge = _ask(parts, "")
        if status == 401 and parts.username is not None:
            status, _ = _ask(parts, _authorisation(parts, challenge))
    except socket.gaierror:
        return UserError("stream-host", **place)
    except ConnectionRefusedError:
        return UserError("stream-refused", **place)
    except (OSError, ValueError):
        return UserError("stream-silent", **place)
    if status in (401, 403):
        return UserError("stream-password", address=shown)
    if status in (404, 410):
        return UserError("stream-missing", address=shown)
    return UserError("stream-unreadable", address=shown)


def _ask(parts: SplitResult, authorisation: str) -> tuple[int, str]:
    """Send one request; returns the status and the server's challenge."""
    port = parts.port or PORTS[parts.scheme]
    with socket.create_connection((parts.hostname or "", port), timeout=LIMIT_S) as plain:
        connection = plain
        if parts.scheme in ("https", "rtsps"):
            context = ssl.create_default_context()
            # Only a status is asked here; certificates are checked by what opens the stream.
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection = context.wrap_socket(plain, server_hostname=parts.hostname)
        with connection:
            connection.sendall(_request(parts, authorisation).encode())
            head = b""
            while b"\r\n\r\n" not in head and len(head) < 65536:
                data = connection.recv(4096)
                if not data:
                    break
                head += data
    text = head.decode("latin-1")
    status = re.match(r"\S+ (\d{3})", text)
    if status is None:
        raise ValueError("this is no HTTP or RTSP server")
    challenges = re.findall(r"(?im)^www-authenticate:\s*(.+?)\s*$", text)
    # Digest before Basic: the password is not sent in clear where that can be avoided.
    return int(status[1]), min(challenges, key=lambda c: not c.lower().startswith("d"), default="")


def _request(parts: SplitResult, authorisation: str) -> str:
    verb, target = _target(parts)
    if verb == "DESCRIBE":
        lines = [f"{verb} {target} RTSP/1.0", "CSeq: 1", "Accept: application/sdp"]
    else:
        lines = [f"{verb} {target} HTTP/1.0", f"Host: {parts.hostname}"]
    if authorisation:
        lines.append(f"Authorization: {authorisation}")
    return "\r\n".join(lines) + "\r\n\r\n"


def _target(parts: SplitResult) -> tuple[str, str]:
    if not parts.scheme.startswith("rtsp"):
        return "GET", urlunsplit(("", "", parts.path or "/", parts.query, ""))
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2])
    return "DESCRIBE", urlunsplit(bare)


def _authorisation(parts: SplitResult, challenge: str) -> str:
    """Answer a Basic or Digest (RFC 2617, MD5) challenge."""
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if not challenge.lower().startswith("digest"):
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
    asked = dict(re.findall(r'(\w+)="?([^",]*)"?', challenge))
    realm, nonce = asked.get("realm", ""), asked.get("nonce", "")
    verb, target = _target(parts)
    secret, request = _md5(f"{user}:{realm}:{password}"), _md5(f"{verb}:{target}")
    fields = {"username": user, "realm": realm, "nonce": nonce, "uri": target}
    if "auth" in asked.get("qop", ""):
        response = _md5(f"{secret}:{nonce}:00000001:0a4f113b:auth:{request}")
        extra = ', qop=auth, nc=00000001, cnonce="0a4f113b"'
    else:
        response, extra = _md5(f"{secret}:{nonce}:{request}"), ""
    listed = ", ".join(f'{key}="{value}"' for key, value in fields.items())
    return f'Digest {listed}, response="{response}"{extra}'


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
