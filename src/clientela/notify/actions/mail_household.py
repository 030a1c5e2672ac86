"""The mails by which people of one household find each other. Whoever leaves one is told to nobody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from clientela.accounts.models import Account
from clientela.notify import household_words
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.people.household_links import token_of
from clientela.people.models import HouseholdInvitation

_LAST_RESORT: Final = "UTC"


def mail_household_asked(*, invitation_id: UUID, now: datetime) -> None:
    """Ask the mailbox that was named, whoever reads it; nothing goes out once the invitation is over."""
    found = _invitation(invitation_id)
    if found is None or _is_over(found) or found.closes_at <= now:
        return
    link = settings.PUBLIC_URL + reverse("client:household-invitation", args=[token_of(found)])
    _queue(
        "household_asked",
        found.email,
        # Of the other mailbox nothing is known that may be told, not even its language.
        found.account,
        lambda language: household_words.asked(
            language=language,
            asker=found.own_email,
            link=link,
            until=found.closes_at,
            zone=found.account.zone or _LAST_RESORT,
        ),
        now,
    )


def mail_household_answered(*, invitation_id: UUID, now: datetime) -> None:
    """Tell both when it was accepted or ran out. A refusal and a taking back are told to nobody."""
    found = _invitation(invitation_id)
    if found is None:
        return
    if found.accepted_at is not None:
        _tell_formed(found, now)
    elif found.expired_at is not None:
        for address in (found.own_email, found.email):
            _queue(
                "household_expired",
                address,
                found.account,
                lambda language: household_words.expired(language=language),
                now,
            )


def _tell_formed(found: HouseholdInvitation, now: datetime) -> None:
    for reader, address, other in (
        (found.account, found.own_email, found.email),
        (found.accepted_by, found.email, found.own_email),
    ):
        if reader is None:
            continue  # who has left meanwhile is written to no more
        _queue(
            "household_formed",
            address,
            reader,
            lambda language, other=other: household_words.formed(language=language, other=other),  # type: ignore[misc]  # bound while it is named
            now,
        )


def _invitation(invitation_id: UUID) -> HouseholdInvitation | None:
    rows = HouseholdInvitation.objects.select_related("account", "accepted_by")
    return rows.filter(pk=invitation_id).first()


def _is_over(found: HouseholdInvitation) -> bool:
    ends = (found.accepted_at, found.refused_at, found.withdrawn_at, found.expired_at)
    return any(one is not None for one in ends)


def _queue(
    kind: str,
    address: str,
    reader: Account,
    words: Callable[[str], AccountLetter],
    now: datetime,
) -> None:
    language = reader.language or settings.LANGUAGE_CODE
    with override(language):
        letter = words(language)
    queue_account_mail(kind=kind, address=address, letter=letter, now=now)
