"""What the tests of the ledger share: a package of five, and its sale to Ana."""

from __future__ import annotations

import pytest
from tests.ledger import shop

from clientela.business.models import Business
from clientela.catalogue.models import Package, Service
from clientela.ledger.models import Sale
from clientela.people.models import Client


@pytest.fixture
def five(business: Business, service: Service) -> Package:
    """Five sessions of physiotherapy for 300.00, 21 % tax in it."""
    return shop.make_package(business, service)


@pytest.fixture
def sale(client_card: Client, five: Package) -> Sale:
    """Sold to Ana today, applied today, nothing paid."""
    return shop.sell(client_card, five)
