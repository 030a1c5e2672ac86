"""The inbox of what carriers say afterwards: each piece of news once, with its effect, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import F

from clientela.notify.actions.change_address_state import change_address_state, note_delivered
from clientela.notify.models import (
    AccountMail,
    Attempt,
    DirectText,
    Message,
    Outcome,
    Reason,
    Receipt,
    ReceiptKind,
)
from clientela.notify.news import News
from clientela.notify.receipt_meaning import TROUBLE, most_final
from clientela.platform import sealed
from clientela.platform.failpoints import failpoint

Written = Message | DirectText
_TEXTS: Final = "sms"


def apply_receipt(*, news: News, now: datetime) -> bool:
    """Write the news with all it causes; False if it says nothing new, or nothing about a message of ours.

    The message ends with the most final word, in whatever order they come. A message whose hand-over has not been
    settled yet keeps waiting for that, which then reads what came meanwhile. The address remembers what
    closes it. About a mail of an account only its row changes: it belongs to no business.
    """
    with transaction.atomic():
        written = _found(news)
        if written is None:
            return _tell_account_mail(news, now)
        if not _enter(written, news, now):
            return False
        failpoint("notify.receipt.entered")
        if not _is_in_hand(written):
            _settle(written, [news.kind], now)
        _tell_address(written, news, now)
        failpoint("notify.receipt.before-commit")
    return True


def fold_receipts(*, written: Written, since: datetime, now: datetime) -> None:
    """Let what carriers said since the last try began count for a row that was settled a moment ago.

    Called in the transaction that settles; the row is locked and fresh.
    """
    kinds = _receipts_of(written, since)
    if kinds:
        _settle(written, kinds, now)


def _found(news: News) -> Written | None:
    """Return the row that the news is about, locked, if it was ever tried and belongs to whose gateway speaks."""
    for model in (Message, DirectText):
        rows: Any = model.objects.select_for_update().filter(tries__gt=0)
        if news.business_id is not None:
            rows = rows.filter(business_id=news.business_id)
        found: Written | None = None
        if news.message_pk is not None:
            found = rows.filter(pk=news.message_pk).first()
        if found is None and news.provider_id:
            found = rows.filter(provider=news.provider, provider_id=news.provider_id).first()
        if found is not None:
            return found
    return None


def _enter(written: Written, news: News, now: datetime) -> bool:
    """Insert the row; False if this news stands there already."""
    try:
        with transaction.atomic():
            Receipt.objects.create(
                business_id=written.business_id,
                message=written if isinstance(written, Message) else None,
                direct_text=written if isinstance(written, DirectText) else None,
                provider=news.provider[:20],
                key=news.key[:200],
                kind=news.kind,
                code=news.code[:20],
                detail=news.detail[:200],
                at=news.at,
                received_at=now,
            )
    except IntegrityError:
        return False
    return True


def _is_in_hand(written: Written) -> bool:
    """Whether its hand-over is under way, or broke off and was not noted yet."""
    if isinstance(written, Message):
        return Attempt.objects.filter(message=written, outcome=Outcome.OPEN).exists()
    return written.lease_until is not None


def _receipts_of(written: Written, since: datetime) -> Sequence[ReceiptKind]:
    mine = {"message" if isinstance(written, Message) else "direct_text": written}
    rows = Receipt.objects.filter(received_at__gte=since, **mine)
    return [ReceiptKind(kind) for kind in rows.values_list("kind", flat=True)]


def _settle(written: Written, kinds: Sequence[ReceiptKind], now: datetime) -> None:
    reason = most_final(present=Reason(written.reason), news=kinds)
    if reason == written.reason:
        return
    type(written)._base_manager.filter(pk=written.pk).update(
        reason=reason, send_at=None, settled_at=written.settled_at or now
    )
    written.reason, written.send_at = reason, None


def _tell_address(written: Written, news: News, now: datetime) -> None:
    """Let the address remember what closes it; what was said before it was last changed closes nothing."""
    is_message = isinstance(written, Message)
    channel = written.channel if isinstance(written, Message) else _TEXTS
    address = written.address if isinstance(written, Message) else written.number
    if not address or (is_message and channel not in {"email", _TEXTS}):
        return
    if news.kind is ReceiptKind.DELIVERED:
        note_delivered(
            business_id=written.business_id, channel=channel, address=address, at=news.at
        )
    trouble = TROUBLE.get(news.kind)
    if trouble:
        change_address_state(
            business_id=written.business_id,
            channel=channel,
            address=address,
            trouble=trouble,
            because="receipt",
            detail=news.code or news.detail,
            said_at=news.at,
            now=now,
        )


def _tell_account_mail(news: News, now: datetime) -> bool:
    """Note on a mail of an account what became of it; only the installation's own provider may say so."""
    if news.message_pk is None or news.business_id is not None:
        return False
    row = AccountMail.objects.select_for_update().filter(pk=news.message_pk, tries__gt=0).first()
    if row is None:
        return False
    reason = most_final(present=Reason(row.reason), news=[news.kind])
    if reason == row.reason:
        return False
    detail = news.detail or news.code
    AccountMail.objects.filter(pk=row.pk).update(
        reason=reason,
        send_at=None,
        settled_at=row.settled_at or now,
        detail=detail[:300],
        # Whoever still has it in hand finds that the row is no longer theirs.
        lease_until=None,
        lease_epoch=F("lease_epoch") + 1,
    )
    sealed.wipe(row.parcel_id, now=now)
    return True
