"""What the tests of paying online share."""

from __future__ import annotations

import pytest
from tests import factories
from tests.checkout.online import till

from clientela.business.models import Business, Professional
from clientela.catalogue.models import Package, PaysOnline, Service
from clientela.checkout.models import ProviderAccount


@pytest.fixture
def account(business: Business, scope: None) -> ProviderAccount:
    """The business takes money online, simulated."""
    return till.connect(business)


@pytest.fixture
def paid_service(business: Business, professional: Professional) -> Service:
    """Physiotherapy for 48 euro that is paid while booking."""
    service = factories.make_service(business, professionals=(professional,), price_minor=4800)
    service.pays_online = PaysOnline.FULL
    service.deposit_minor = 1500
    service.needs_credits = True
    service.no_show_fee_minor = 2000
    service.save()
    return service


@pytest.fixture
def package(paid_service: Service) -> Package:
    """Five of it for 200 euro."""
    return factories.make_package(paid_service, sold_online="clients")
