"""Ana has an account, a card and appointments here; the clock stands at a Monday morning in Madrid."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client as Browser
from tests import factories
from tests.accounts.people import NOW, proved
from tests.factories import at

from clientela.accounts.models import Account
from clientela.booking.models import Appointment
from clientela.business.models import Business
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform import clock
from clientela.platform.tenancy import business_scope


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ana(business: Business, service: Service) -> Account:
    """Ana, with a card, an appointment ahead, one that was cancelled, and notes of both sides."""
    account = proved("ana@example.com", others=["ana@work.example.com"])
    account.set_unusable_password()
    account.save()
    with business_scope(business.pk):
        card = factories.make_client(business, "=Prueba, Ana", "ana@example.com")
        Client.objects.filter(pk=card.pk).update(
            account=account, activated_at=NOW, note="STAFFNOTE"
        )
        card.refresh_from_db()
        for text in ("2026-11-24 10:00", "2026-12-01 10:00"):
            factories.book(
                service, at(text), client=card, client_note="=1+1 my knee", by=factories.STAFF
            )
        Appointment.objects.update(staff_note="STAFFNOTE", price_minor=4800)
    return account


def browser_of(account: Account, *, is_fresh: bool = True) -> Browser:
    """A browser in which the person signed in: a moment ago, or long ago."""
    browser = Browser(headers={"accept-language": "en"})
    browser.force_login(account)
    session = browser.session
    at_seconds = clock.now().timestamp() - (0 if is_fresh else 7200)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "code", "at": at_seconds, "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = user_id_to_str(account)
    session.save()
    return browser
