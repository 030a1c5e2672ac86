"""Make the installation's pair of keys for pushes, once, and keep what is sealed under the present key."""

from __future__ import annotations

import base64
import logging
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction

from clientela.notify.models import PushDevice, PushKey
from clientela.notify.models.push_key import THE_ONE
from clientela.platform.locking import lock
from clientela.platform.sealed import Unreadable, renewed, seal

logger = logging.getLogger(__name__)
_AT_ONCE: Final = 500


def make_push_keys(*, now: datetime) -> int:
    """Make the pair where there is none; answers how many were made.

    A pair whose private half can no longer be opened is replaced, and all devices are forgotten with it: what they
    said yes to was the former one. What is sealed with a former key of the installation is sealed anew.
    """
    with transaction.atomic():
        lock(keys=["push-keys"])
        row = PushKey.objects.filter(pk=THE_ONE).first()
        if row is not None and _stands(row):
            _renew_devices()
            return 0
        if row is not None:
            logger.warning("the keys of pushes cannot be opened: devices have to be asked anew")
            row.delete()
            PushDevice.objects.all().delete()
        public, private = _new_pair()
        PushKey.objects.create(public=public, sealed=seal(private), made_at=now)
        return 1


def _stands(row: PushKey) -> bool:
    """Say whether the private half can be opened, and seal it anew where a former key sealed it."""
    try:
        fresh = renewed(row.sealed)
    except Unreadable:
        return False
    if fresh != row.sealed:
        PushKey.objects.filter(pk=row.pk, sealed=row.sealed).update(sealed=fresh)
    return True


def _renew_devices() -> None:
    """Seal the addresses of devices anew; one that cannot be opened is forgotten, for nothing reaches it."""
    rows = PushDevice.objects.filter(ended_at__isnull=True).values_list("pk", "sealed")
    for key, before in rows.iterator(chunk_size=_AT_ONCE):
        try:
            fresh = renewed(before)
        except Unreadable:
            PushDevice.objects.filter(pk=key, sealed=before).delete()
            continue
        if fresh != before:
            PushDevice.objects.filter(pk=key, sealed=before).update(sealed=fresh)


def _new_pair() -> tuple[str, str]:
    """Return the public point as browsers want it (base64url, uncompressed), and the private half as PEM."""
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode(), pem.decode()
