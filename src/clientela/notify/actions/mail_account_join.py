"""The mails by which two mailboxes prove that they are one person's, and what they are told of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clientela.accounts.actions.ask_join import REFUSE, UNDO
from clientela.accounts.join_codes import OTHER, OWN, join_code
from clientela.accounts.models import AccountJoin
from clientela.notify import join_words
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.platform import links

LAST_RESORT: Final = "UTC"


def mail_join_codes(*, join_id: UUID, now: datetime) -> None:
    """Send each mailbox its code, unless the wish is over. The same mails whoever has the other address, or nobody."""
    join = _join(join_id)
    if join is None or join.refused_at or join.joined_at or join.closes_at <= now:
        return
    token = links.rederive(purpose=REFUSE, nonce=join.refuse_nonce, digest=join.refuse_digest)
    link = settings.PUBLIC_URL + reverse("client:refuse-join", args=[token])
    _queue(
        join,
        "join_own_code",
        join.own_email,
        lambda language: join_words.own_code(
            language=language,
            code=join_code(purpose=OWN, nonce=join.own_nonce),
            other=join.other_email,
        ),
        now,
    )
    _queue(
        join,
        "join_other_code",
        join.other_email,
        lambda language: join_words.other_code(
            language=language,
            code=join_code(purpose=OTHER, nonce=join.other_nonce),
            asker=join.own_email,
            link=link,
        ),
        now,
    )


def mail_join_expired(*, join_id: UUID, now: datetime) -> None:
    """Tell both mailboxes that one answer was missing."""
    join = _join(join_id)
    if join is None or join.expired_at is None:
        return
    for address in (join.own_email, join.other_email):
        _queue(
            join,
            "join_expired",
            address,
            lambda language: join_words.expired(language=language),
            now,
        )


def mail_accounts_joined(*, join_id: UUID, now: datetime) -> None:
    """Tell both mailboxes, with the link that parts the accounts for 72 hours."""
    join = _join(join_id)
    if join is None or join.undone_at or join.undo_until is None or join.undo_until <= now:
        return
    until = join.undo_until
    token = links.rederive(purpose=UNDO, nonce=join.undo_nonce, digest=join.undo_digest)
    for address in (join.own_email, join.other_email):
        _queue(
            join,
            "accounts_joined",
            address,
            lambda language: join_words.joined(
                language=language,
                own=join.own_email,
                other=join.other_email,
                link=settings.PUBLIC_URL + reverse("client:undo-join", args=[token]),
                until=until,
                zone=join.account.zone or LAST_RESORT,
            ),
            now,
        )


def mail_join_undone(*, join_id: UUID, now: datetime) -> None:
    """Tell both mailboxes that there are two accounts again."""
    join = _join(join_id)
    if join is None or join.undone_at is None:
        return
    for address in (join.own_email, join.other_email):
        _queue(
            join, "join_undone", address, lambda language: join_words.undone(language=language), now
        )


def _join(join_id: UUID) -> AccountJoin | None:
    return AccountJoin.objects.select_related("account").filter(pk=join_id).first()


def _queue(
    join: AccountJoin,
    kind: str,
    address: str,
    words: Callable[[str], AccountLetter],
    now: datetime,
) -> None:
    """Write in the language of whoever asked: of the other mailbox nothing is known that may be told.

    Who has left since has no address any more.
    """
    if not address:
        return
    language = join.account.language or settings.LANGUAGE_CODE
    with override(language):
        letter = words(language)
    queue_account_mail(kind=kind, address=address, letter=letter, now=now)
