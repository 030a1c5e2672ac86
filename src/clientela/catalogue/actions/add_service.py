"""Add something that can be booked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from clientela.business.models import Business, Professional
from clientela.catalogue.actions.check_service import (
    checked_fields,
    refuse_deposit_beyond_price,
)
from clientela.catalogue.actions.set_offers import Needs, set_needs, set_professionals
from clientela.catalogue.models import Service
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def add_service(
    *,
    business: Business,
    name: str,
    duration_minutes: int,
    professionals: Iterable[Professional] = (),
    needs: Needs = (),
    by: Actor,
    now: datetime,
    **fields: Any,  # noqa: ANN401 -- the columns differ in type
) -> Service:
    """Add a service after the others, with who gives it and what it needs.

    ``needs`` is ``((name, [resources]), …)``: any one of the resources meets a need, and all needs are
    met at once. Minutes are multiples of five. Refuses as ``check_service`` says.
    """
    kept = checked_fields({"name": name, "duration_minutes": duration_minutes, **fields})
    refuse_deposit_beyond_price(
        pays_online=kept.get("pays_online", ""),
        deposit_minor=kept.get("deposit_minor", 0),
        price_minor=kept.get("price_minor", 0),
    )
    with transaction.atomic():
        kept.setdefault("position", Service.objects.filter(business=business).count())
        service = Service.objects.create(business=business, **kept)
        set_professionals(service=service, professionals=professionals)
        set_needs(service=service, needs=needs)
        note(action="service-added", subject=service, by=by, now=now, business_id=business.pk)
    return service
