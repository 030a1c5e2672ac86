"""An owner lets a copied business send its messages."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Business
from clientela.notify.errors import WorkerDead
from clientela.notify.models import MessagePolicy
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.jobs import worker_is_alive


def switch_messages_on(*, business: Business, by: Actor, now: datetime) -> bool:
    """Let messages about appointments leave from now on; False when they did already.

    What lies ahead is planned anew by the worker. What would have been due meanwhile is not sent afterwards. Refuses
    ``WorkerDead`` while nobody is awake to send.
    """
    held = MessagePolicy.objects.filter(business=business, held_since__isnull=False)
    with transaction.atomic():
        policy = held.select_for_update().first()
        if policy is None:
            return False
        if not worker_is_alive(now=now):
            raise WorkerDead
        note(
            action="copied-messages-on",
            subject=policy,
            by=by,
            now=now,
            details={"since": f"{policy.held_since:%Y-%m-%dT%H:%MZ}"},
        )
        policy.held_since, policy.rules_changed_at = None, now
        policy.save(update_fields=["held_since", "rules_changed_at"])
    return True
