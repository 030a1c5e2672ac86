"""A person says yes to pushes on the browser they look at."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from clientela.accounts.models import Account
from clientela.notify.errors import PushNotReady
from clientela.notify.models import PushDevice
from clientela.notify.push_address import SERVICES, SIMULATED_HOST, read_push_address
from clientela.notify.queries.push_devices import living_devices, push_is_simulated
from clientela.notify.queries.push_keys import public_push_key
from clientela.notify.safe_text import one_line
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.sealed import seal

MOST_DEVICES: Final = 10


def keep_push_device(
    *,
    account: Account,
    endpoint: str,
    p256dh: str,
    auth: str,
    name: str,
    by: Actor,
    now: datetime,
) -> PushDevice:
    """Keep where the browser is reached and its keys, sealed; the same browser again is the same device.

    A browser in which somebody else said yes before is theirs no longer. Beyond ten devices the oldest is
    forgotten. ``name`` is what the list calls it. Refuses ``PushDeviceRefused`` for an address that is no known push
    service's and keys that are none, ``PushNotReady`` before the worker has made the installation's own.
    """
    address = read_push_address(
        endpoint=endpoint,
        p256dh=p256dh,
        auth=auth,
        services=_services(),
    )
    if not public_push_key():
        raise PushNotReady
    sealed = seal({"endpoint": endpoint, "p256dh": p256dh, "auth": auth})
    with transaction.atomic():
        rows = PushDevice.objects.select_for_update().filter(endpoint_digest=address.digest)
        rows.exclude(account=account).delete()
        device, is_new = PushDevice.objects.get_or_create(
            endpoint_digest=address.digest,
            defaults={
                "account": account,
                "sealed": sealed,
                "name": one_line(name, longest=120),
                "created_at": now,
            },
        )
        if not is_new:
            device.sealed, device.ended_at = sealed, None
            device.save(update_fields=["sealed", "ended_at"])
            return device
        audit_note(action="push-device-kept", subject=device, by=by, now=now)
        for old in living_devices(account_id=account.pk)[MOST_DEVICES:]:
            old.delete()
    return device


def _services() -> tuple[str, ...]:
    """Return the names that may be called: those of the browsers, the operator's own, and the simulator's in a demo."""
    simulated = (SIMULATED_HOST,) if push_is_simulated() else ()
    return (*SERVICES, *settings.PUSH_SERVICES, *simulated)
