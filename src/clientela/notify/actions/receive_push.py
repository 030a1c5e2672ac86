"""Take in what a gateway pushed: verify, read, apply."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from django.db.models import Q

from clientela.conversations.models import Entry
from clientela.notify.actions.apply_receipt import apply_receipt
from clientela.notify.actions.receive_text import receive_text
from clientela.notify.channels.sms.port import Gateway, NotFromHere, NotGenuine, Push
from clientela.notify.channels.sms.registry import gateway_of
from clientela.notify.models import TextGateway
from clientela.notify.news import News
from clientela.notify.queries.text_gateways import gateways_behind
from clientela.platform.tenancy import business_scope

HEARD_EVERY: Final = timedelta(minutes=1)
_Read = TypeVar("_Read")


def receive_news(*, gateway: TextGateway, push: Push, now: datetime) -> int:
    """Apply what became of texts, each saying once; return how many said something new.

    Refuses ``NotGenuine``, and then nothing was written; ``NotFromHere`` while our secrets cannot be read.
    """
    with business_scope(gateway.business_id):
        speaker, told = _genuine(gateway, lambda one: one.read_news(push, now=now), now=now)
        applied = [
            apply_receipt(
                news=News(
                    provider=speaker.gateway,
                    key=one.key,
                    kind=one.kind,
                    at=one.at or now,
                    provider_id=one.provider_id,
                    message_pk=one.reference_id,
                    business_id=speaker.business_id,
                    code=one.code,
                    detail=one.detail,
                ),
                now=now,
            )
            for one in told
        ]
    return sum(applied)


def receive_pushed_text(*, gateway: TextGateway, push: Push, now: datetime) -> Entry | None:
    """Keep a text that came in; ``None`` if it was kept before, or was none. Refuses as ``receive_news`` does."""
    with business_scope(gateway.business_id):
        speaker, arrived = _genuine(gateway, lambda one: one.read_text(push, now=now), now=now)
        if arrived is None:
            return None
        return receive_text(
            gateway=speaker,
            number=arrived.number,
            body=arrived.body,
            key=arrived.key,
            took_for=arrived.keyword,
            now=now,
        )


def _genuine(
    gateway: TextGateway, read: Callable[[Gateway], _Read], *, now: datetime
) -> tuple[TextGateway, _Read]:
    """Return whose push it is and what it says: of the account the address names, or another its business has had."""
    unreadable = False
    for candidate in gateways_behind(gateway=gateway):
        try:
            said = read(gateway_of(candidate))
        except NotGenuine:
            continue
        except NotFromHere:
            unreadable = True
            continue
        _note_heard(candidate, now)
        return candidate, said
    if unreadable:
        raise NotFromHere("secrets-unreadable")
    raise NotGenuine


def _note_heard(gateway: TextGateway, now: datetime) -> None:
    """Remember that the account's pushes arrive, and are signed as they should be."""
    silent = Q(heard_at__isnull=True) | Q(heard_at__lt=now - HEARD_EVERY)
    TextGateway.objects.filter(silent, pk=gateway.pk).update(heard_at=now)
