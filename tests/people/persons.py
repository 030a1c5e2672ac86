"""People with log-ins, for the tests of cards."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from tests.factories import GUEST, NOW, make_account

from clientela.accounts.models import Account
from clientela.business.models import Business
from clientela.people.actions.find_or_register_guest import find_or_register_guest
from clientela.people.models import Client, Identifier
from clientela.platform.tenancy import business_scope, system_scope


def person(
    email: str = "ana@example.com", name: str = "Ana Prueba", *aliases: str, **fields: Any
) -> Account:
    """Make an account that has proved its addresses; the first is the log-in."""
    account = make_account(email, name)
    for field, value in fields.items():
        setattr(account, field, value)
    account.save()
    for number, address in enumerate((email, *aliases)):
        EmailAddress.objects.create(user=account, email=address, verified=True, primary=number == 0)
    return account


def unproved(email: str = "ana@example.com", name: str = "Ana Prueba") -> Account:
    """Make an account whose mailbox nobody has proved."""
    account = make_account(email, name)
    account.expires_at = NOW
    account.save()
    EmailAddress.objects.create(user=account, email=email, verified=False, primary=True)
    return account


def guest_card(
    business: Business, name: str = "Ana Prueba", email: str = "ana@example.com", phone: str = ""
) -> Client:
    """Return the card on which a guest's booking lands."""
    with business_scope(business.pk):
        return find_or_register_guest(
            business=business, name=name, email=email, phone=phone, language="es", by=GUEST, now=NOW
        )


def everything() -> list[tuple[object, ...]]:
    """Return every card and contact of the installation, byte for byte."""
    with system_scope("the test looks at every row"):
        return [
            *Client.objects.order_by("id").values_list(),
            *Identifier.objects.order_by("id").values_list(),
        ]
