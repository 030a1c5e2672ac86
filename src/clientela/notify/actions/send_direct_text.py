"""A text that hangs on no appointment: written down here, sent by the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from clientela.business.models import Business
from clientela.conversations.models import Entry
from clientela.conversations.words import kept_words
from clientela.notify.errors import NoTextGateway, NumberStopped, NumberUnusable, TextEmpty
from clientela.notify.models import DirectText, TextPurpose, Trouble
from clientela.notify.queries.address_states import troubles_of
from clientela.notify.queries.text_gateways import open_gateway
from clientela.people.phones import NumberKind, number_kind

_SMS: Final = "sms"
UNUSABLE: Final = frozenset({NumberKind.LANDLINE, NumberKind.INVALID})


def send_direct_text(
    *,
    business: Business,
    number: str,
    body: str,
    purpose: TextPurpose,
    entry: Entry | None = None,
    now: datetime,
) -> DirectText:
    """Queue one text to one number (E.164) with the caller's transaction; ``entry`` is the answer that it carries.

    Refuses ``NoTextGateway``, ``TextEmpty``, ``NumberUnusable`` (landline, premium, nobody's) and ``NumberStopped``:
    whoever sent STOP gets nothing but the one word that says so (``KEYWORD``). It is decided again when it leaves.
    """
    words = kept_words(body)
    if not words:
        raise TextEmpty(field="body")
    if open_gateway(business_id=business.pk) is None:
        raise NoTextGateway
    check_number(business=business, number=number, purpose=purpose)
    with transaction.atomic():
        return DirectText.objects.create(
            business=business,
            purpose=purpose,
            number=number,
            body=words,
            entry=entry,
            send_at=now,
            created_at=now,
        )


def check_number(*, business: Business, number: str, purpose: TextPurpose) -> None:
    """Refuse a number that no text reaches, or that stopped them."""
    kind = number_kind(number)
    if kind in UNUSABLE:
        raise NumberUnusable(field="number", kind=kind.value)
    trouble = troubles_of(business_id=business.pk, pairs=[(_SMS, number)]).get((_SMS, number))
    if trouble == Trouble.STOPPED and purpose == TextPurpose.KEYWORD:
        return
    if trouble == Trouble.STOPPED:
        raise NumberStopped(field="number")
    if trouble in {Trouble.LANDLINE, Trouble.INVALID}:
        raise NumberUnusable(field="number", kind=str(trouble))
