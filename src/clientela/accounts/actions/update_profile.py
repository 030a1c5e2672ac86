"""Change what a person says about themselves."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction

from clientela.accounts.errors import (
    BirthdayInvalid,
    LanguageUnknown,
    NameMissing,
    PhoneInvalid,
    ZoneUnknown,
)
from clientela.accounts.own import check_own
from clientela.platform import audit
from clientela.rules.clock_time import is_known_zone
from clientela.rules.name_match import normalise_name

if TYPE_CHECKING:
    from datetime import datetime

    from clientela.accounts.models import Account
    from clientela.platform.actor import Actor

_E164: Final = re.compile(r"\+[1-9][0-9]{5,14}")
_OLDEST: Final = date(1900, 1, 1)


def update_profile(
    *,
    account: Account,
    name: str | None = None,
    phone: str | None = None,
    birthday: date | EllipsisType | None = ...,
    language: str | None = None,
    zone: str | None = None,
    by: Actor,
    now: datetime,
) -> Account:
    """Change the given facts; what is not given stays. ``phone`` is E.164, or "" for none; ``birthday`` may be None.

    No business's card is touched: ``people`` carries over what belongs there. Audited by field name only. Refuses
    ``NameMissing``, ``PhoneInvalid``, ``BirthdayInvalid``, ``LanguageUnknown``,
    ``ZoneUnknown``, and ``NotYours`` for everybody but the person.
    """
    check_own(account=account, by=by)
    changes: dict[str, Any] = {}
    if name is not None:
        changes["name"] = _name(name)
    if phone is not None:
        changes["phone"] = _phone(phone)
    if not isinstance(birthday, EllipsisType):
        changes["birthday"] = _birthday(birthday, now=now)
    if language is not None:
        changes["language"] = _language(language)
    if zone is not None:
        changes["zone"] = _zone(zone)
    changes = {field: value for field, value in changes.items() if getattr(account, field) != value}
    if not changes:
        return account
    with transaction.atomic():
        for field, value in changes.items():
            setattr(account, field, value)
        account.save(update_fields=list(changes))
        audit.note(
            action="profile-changed",
            subject=account,
            by=by,
            now=now,
            details={"fields": sorted(changes)},
        )
    return account


def _name(text: str) -> str:
    kept = normalise_name(text)[:200].strip()
    if not kept:
        raise NameMissing(field="name")
    return kept


def _phone(text: str) -> str:
    if text and not _E164.fullmatch(text):
        raise PhoneInvalid(field="phone")
    return text


def _birthday(day: date | None, *, now: datetime) -> date | None:
    # Somewhere it is already tomorrow.
    if day is not None and not _OLDEST <= day <= now.date() + timedelta(days=1):
        raise BirthdayInvalid(field="birthday")
    return day


def _language(word: str) -> str:
    if word and word not in dict(settings.LANGUAGES):
        raise LanguageUnknown(field="language")
    return word


def _zone(name: str) -> str:
    if name and not is_known_zone(name):
        raise ZoneUnknown(field="zone")
    return name
