"""Add something to sell: credits of services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from clientela.business.models import Business
from clientela.catalogue.actions.check_package import checked_package, set_covered
from clientela.catalogue.models import Package, Service
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def add_package(
    *,
    business: Business,
    name: str,
    credits: int,  # noqa: A002 -- the word of the trade; Python's is for its prompt
    price_minor: int,
    services: Iterable[Service],
    by: Actor,
    now: datetime,
    **fields: Any,  # noqa: ANN401 -- the columns differ in type
) -> Package:
    """Add a package after the others, with the services its credits redeem.

    ``price_minor`` has the tax in it (``tax_basis_points``); ``valid_count`` days or months (``valid_unit``)
    from the application date, none: for ever; ``sold_online`` says who may buy it alone. Refuses as
    ``check_package`` says.
    """
    given = {"name": name, "credits": credits, "price_minor": price_minor, **fields}
    kept = checked_package(given)
    with transaction.atomic():
        kept.setdefault("position", Package.objects.filter(business=business).count())
        package = Package.objects.create(business=business, **kept)
        set_covered(package=package, services=services)
        note(action="package-added", subject=package, by=by, now=now, business_id=business.pk)
    return package
