"""A passkey in software: it does what a device does, and what a forger would try."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cbor import encode
from fido2.cose import ES256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """One discoverable credential for one site."""

    def __init__(self, origin: str, rp: str) -> None:
        self.origin, self.rp = origin, rp
        self.id = secrets.token_bytes(16)
        self.handle = b""
        self.private = ec.generate_private_key(ec.SECP256R1())

    def make(self, options: str) -> str:
        """Answer a request to make a passkey."""
        asked = json.loads(options)["publicKey"]
        assert asked["authenticatorSelection"]["userVerification"] == "required"
        assert asked["authenticatorSelection"]["residentKey"] == "required"
        self.handle = _bytes(asked["user"]["id"])
        key = encode(ES256.from_cryptography_key(self.private.public_key()))
        attested = b"\0" * 16 + struct.pack(">H", len(self.id)) + self.id + key
        data = self._data(self.rp, PRESENT | VERIFIED | ATTESTED) + attested
        attestation = encode({"fmt": "none", "attStmt": {}, "authData": data})
        response = {
            "clientDataJSON": _text(self._said("webauthn.create", asked["challenge"], self.origin)),
            "attestationObject": _text(attestation),
        }
        return self._answer(response, credProps={"rk": True})

    def use(
        self,
        options: str,
        *,
        verified: bool = True,
        origin: str = "",
        rp: str = "",
        cross: bool = False,
        forged: bool = False,
        handle: bytes | None = None,
    ) -> str:
        """Answer a request to come in; each argument is a way to be wrong."""
        asked = json.loads(options)["publicKey"]
        said = self._said("webauthn.get", asked["challenge"], origin or self.origin, cross=cross)
        data = self._data(rp or self.rp, PRESENT | (VERIFIED if verified else 0))
        key = ec.generate_private_key(ec.SECP256R1()) if forged else self.private
        signature = key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": _text(said),
            "authenticatorData": _text(data),
            "signature": _text(signature),
            "userHandle": _text(self.handle if handle is None else handle),
        }
        return self._answer(response)

    def _answer(self, response: dict[str, str], **extensions: Any) -> str:
        key = _text(self.id)
        return json.dumps(
            {
                "id": key,
                "rawId": key,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": extensions,
            }
        )

    @staticmethod
    def _said(kind: str, challenge: str, origin: str, *, cross: bool = False) -> bytes:
        facts = {"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": cross}
        return json.dumps(facts).encode()

    @staticmethod
    def _data(rp: str, flags: int) -> bytes:
        return hashlib.sha256(rp.encode()).digest() + bytes([flags]) + b"\0\0\0\1"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
