"""A person changes what they say about themselves, and every business learns what concerns it."""

from __future__ import annotations

from datetime import date, datetime
from types import EllipsisType

from django.db import transaction

from clientela.accounts.actions.update_profile import update_profile
from clientela.accounts.errors import AccountGone
from clientela.accounts.models import Account
from clientela.business.queries.home_country import home_country
from clientela.people.actions.keep_contacts import Contact, keep_contacts
from clientela.people.actions.refresh_keys import refresh_keys
from clientela.people.actions.update_client import refresh_card_text
from clientela.people.models import Client, Identifier, IdentifierKind
from clientela.people.phones import parse_phone
from clientela.people.queries.own_cards import own_cards
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import system_scope


def change_own_profile(
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
    """Change the given facts of the account, and phone, birthday, language and zone on each of its living cards.

    The name is the person's own and reaches no card: each business keeps its spelling. A phone without prefix is
    read as of the country of the person's first business. One transaction; refuses as ``update_profile`` does, and
    ``PhoneInvalid``, and ``AccountGone`` for who left this very moment. A new phone is where messages go, the
    account's former one leaves the card, others stay. A fact that does not change touches no card.
    """
    with transaction.atomic(), system_scope("a person's own facts are on their card everywhere"):
        standing = Account.objects.select_for_update().filter(pk=account.pk).first()
        if standing is None:
            raise AccountGone
        account = standing
        cards = own_cards(account_id=account.pk)
        before = _facts(account)
        update_profile(
            account=account,
            name=name,
            phone=None if phone is None else _read_phone(phone, cards=cards),
            birthday=birthday,
            language=language,
            zone=zone,
            by=by,
            now=now,
        )
        changed = [field for field, value in _facts(account).items() if value != before[field]]
        if changed:
            for card in cards:
                _carry(account, card, changed, former_phone=str(before["phone"]), now=now)
                _note(card, changed, by=by, now=now)
    return account


def _facts(account: Account) -> dict[str, object]:
    """What of an account concerns a business."""
    return {field: getattr(account, field) for field in ("phone", "birthday", "language", "zone")}


def _read_phone(text: str, *, cards: list[Client]) -> str:
    if not text.strip():
        return ""
    country = home_country(business=cards[0].business) if cards else ""
    return parse_phone(text, country=country).e164


def _carry(
    account: Account, card: Client, changed: list[str], *, former_phone: str, now: datetime
) -> None:
    fields = [field for field in changed if field != "phone"]
    for field in fields:
        setattr(card, field, getattr(account, field))
    card.save(update_fields=fields)
    if "phone" in changed:
        _put_phone(card, account.phone, former=former_phone, now=now)
    elif "birthday" in changed or "language" in changed:
        refresh_keys(clients=[card])


def _put_phone(card: Client, phone: str, *, former: str, now: datetime) -> None:
    held = Identifier.objects.filter(client=card, kind=IdentifierKind.PHONE)
    held.filter(value=former).delete()
    if phone:
        if not held.filter(value=phone).exists():
            keep_contacts(
                client=card, contacts=[Contact(IdentifierKind.PHONE, phone, phone)], now=now
            )
        held.exclude(value=phone).update(for_notifications=False)
        held.filter(value=phone).update(for_notifications=True)
    refresh_card_text(client=card)


def _note(card: Client, changed: list[str], *, by: Actor, now: datetime) -> None:
    audit_note(
        action="client-changed-own-facts",
        subject=card,
        by=by,
        now=now,
        business_id=card.business_id,
        details={"fields": sorted(changed)},
    )
