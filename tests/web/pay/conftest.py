"""The pay door's tests stand still at a Monday morning, five minutes after somebody began to pay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from tests import factories
from tests.checkout.online import till

from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.checkout.actions.book_with_payment import Paying
from clientela.checkout.models import ProviderAccount


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    """Five past eight in Madrid."""
    with time_machine.travel(till.LATER, tick=False):
        yield


@pytest.fixture
def visitor() -> Client:
    """A browser that asks for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def account(business: Business, scope: None) -> ProviderAccount:
    """The business takes money online, simulated."""
    return till.connect(business)


@pytest.fixture
def paid_service(business: Business, professional: Professional) -> Service:
    """Physiotherapy for 48 euro, with a deposit of 15."""
    return factories.make_service(
        business, professionals=(professional,), price_minor=4800, deposit_minor=1500
    )


@pytest.fixture
def paying(account: ProviderAccount, paid_service: Service) -> Paying:
    """Luz holds Tuesday at ten and is on the provider's page."""
    return till.hold_and_begin(paid_service, "2026-11-24 10:00")
