"""Take a person out of what was mailed to them and about them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import QuerySet

from clientela.notify.models import (
    AccountMail,
    Attempt,
    DirectText,
    Message,
    Reason,
    Receipt,
    Recipient,
    SimulatedMail,
)
from clientela.notify.queries.messages_told import about_client, heard_for
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.platform import sealed

_AT_ONCE: Final = 400


def forget_client_messages(*, card: Client, now: datetime) -> None:
    """Empty the addresses of every message to the client and what was said about them, and let none leave any more.

    Also of what they heard for a child. The trace's reasons stay, and the codes of its tries and receipts: the words beside them may quote an address.

    The simulator forgets every mail about the client's appointments, also those to the staff: they name the person.
    """
    messages = about_client(card)
    emails = Identifier.objects.filter(client=card, kind=IdentifierKind.EMAIL)
    with transaction.atomic():
        _forget_simulated(list(messages.values_list("message_id", flat=True)))
        _forget_readers(messages.filter(recipient=Recipient.CLIENT), now=now)
        heard = heard_for(card)
        _forget_simulated(list(heard.values_list("message_id", flat=True)))
        _forget_readers(heard, now=now)
        addresses = list(emails.values_list("value", flat=True))
        _forget_mails(
            AccountMail.objects.filter(address__in=addresses, settled_at__isnull=False), now=now
        )


def _forget_readers(messages: QuerySet[Message], *, now: datetime) -> None:
    Attempt.objects.filter(message__in=messages).update(detail="")
    Receipt.objects.filter(message__in=messages).update(detail="")
    messages.filter(send_at__isnull=False).update(
        reason=Reason.CANCELLED_BEFORE_SEND, send_at=None, settled_at=now
    )
    messages.update(address="")


def forget_direct_texts(*, card: Client, now: datetime) -> None:  # noqa: ARG001 -- every eraser is told when
    """Delete the texts that went to the card's numbers and hang on no thread, while the card still has its numbers."""
    numbers = Identifier.objects.filter(client=card, kind=IdentifierKind.PHONE)
    rows = DirectText.objects.filter(business=card.business_id, entry__isnull=True)
    rows.filter(number__in=list(numbers.values_list("value", flat=True))).delete()


def forget_account_mails(*, emails: list[str], now: datetime) -> None:
    """Forget every mail about the log-in that went, or waits to go, to these addresses."""
    with transaction.atomic():
        mails = AccountMail.objects.filter(address__in=emails)
        mails.filter(send_at__isnull=False).update(
            reason=Reason.CANCELLED_BEFORE_SEND, send_at=None, settled_at=now
        )
        _forget_mails(mails, now=now)


def _forget_mails(mails: QuerySet[AccountMail], *, now: datetime) -> None:
    rows = list(mails.values_list("pk", "message_id", "parcel_id"))
    _forget_simulated([message_id for _, message_id, _ in rows])
    for _, _, parcel in rows:
        sealed.wipe(parcel, now=now)
    keys = [key for key, _, _ in rows]
    for begin in range(0, len(keys), _AT_ONCE):
        AccountMail.objects.filter(pk__in=keys[begin : begin + _AT_ONCE]).update(
            address="", detail=""
        )


def _forget_simulated(message_ids: list[str]) -> None:
    for begin in range(0, len(message_ids), _AT_ONCE):
        SimulatedMail.objects.filter(message_id__in=message_ids[begin : begin + _AT_ONCE]).delete()
