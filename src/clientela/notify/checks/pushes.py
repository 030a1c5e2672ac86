"""Whether pushes can be signed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clientela.notify.models import PushDevice
from clientela.notify.queries.push_keys import private_push_key, public_push_key
from clientela.platform.doctor import Finding, bad, check, ok


@check("push-keys")
def push_keys_open(_now: datetime) -> Iterator[Finding]:
    """Open the pair of keys that every browser was given the public half of."""
    if not public_push_key():
        yield ok("The worker makes the keys for pushes when it first runs.")
    elif private_push_key():
        devices = PushDevice.objects.filter(ended_at__isnull=True).count()
        yield ok(f"The keys for pushes can be opened; {devices} devices said yes.")
    else:
        yield bad(
            "The keys for pushes cannot be opened: no push leaves.",
            "Put the former CLIENTELA_SECRET_KEY into CLIENTELA_SECRET_KEY_FALLBACKS; without it every device must be asked again.",
        )
