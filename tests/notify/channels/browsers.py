"""Browsers with keys of their own, as people say yes to pushes with."""

from __future__ import annotations

import base64
import json
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from clientela.accounts.models import Account
from clientela.notify.actions.keep_push_device import keep_push_device
from clientela.notify.models import PushDevice
from clientela.platform.actor import Actor
from clientela.platform.ids import uuid7


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


class Browser:
    """A browser with keys of its own, as a real one makes them."""

    def __init__(self, host: str = "fcm.googleapis.com") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.secret = uuid7().bytes
        point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        self.says = {
            "endpoint": f"https://{host}/send/{uuid7().hex}",
            "p256dh": b64(point),
            "auth": b64(self.secret),
        }

    def read(self, body: bytes) -> Any:
        opened = http_ece.decrypt(
            body, private_key=self.key, auth_secret=self.secret, version="aes128gcm"
        )
        return json.loads(opened)


def keep(
    account: Account, browser: Browser, now: Any, name: str = "Chrome on Android"
) -> PushDevice:
    return keep_push_device(
        account=account, **browser.says, name=name, by=Actor.client(account.pk), now=now
    )
