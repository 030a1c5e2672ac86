"""The devices on which a person gets pushes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from clientela.notify.models import PushDevice


def living_devices(*, account_id: UUID | None) -> list[PushDevice]:
    """Return the devices of an account that can be reached, newest first; none without an account."""
    if account_id is None:
        return []
    return list(PushDevice.objects.filter(account_id=account_id, ended_at__isnull=True))


def device_counts(*, account_ids: Iterable[UUID]) -> Counter[UUID]:
    """Return how many living devices each account has; one query for all."""
    living = PushDevice.objects.filter(account_id__in=set(account_ids), ended_at__isnull=True)
    return Counter(living.order_by().values_list("account_id", flat=True))


def push_is_simulated() -> bool:
    """Whether pushes stay in this installation and are shown at ``/simulator/pushes/``: demo and tests only."""
    return settings.PUSH_CHANNEL == "simulator" and bool(settings.DEMO or settings.TESTING)
