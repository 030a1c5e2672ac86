"""Change a service."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from clientela.business.models import Professional
from clientela.catalogue.actions.check_service import (
    checked_fields,
    refuse_deposit_beyond_price,
)
from clientela.catalogue.actions.set_offers import Needs, set_needs, set_professionals
from clientela.catalogue.models import Service
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def update_service(
    *,
    service: Service,
    professionals: Iterable[Professional] | None = None,
    needs: Needs | None = None,
    by: Actor,
    now: datetime,
    **fields: Any,  # noqa: ANN401 -- the columns differ in type
) -> Service:
    """Change the given fields; ``professionals`` and ``needs``, when given, replace what there was.

    Appointments keep the length and price they were booked with. Refuses as ``check_service`` says.
    """
    kept = checked_fields(fields)
    refuse_deposit_beyond_price(
        pays_online=kept.get("pays_online", service.pays_online),
        deposit_minor=kept.get("deposit_minor", service.deposit_minor),
        price_minor=kept.get("price_minor", service.price_minor),
    )
    with transaction.atomic():
        for name, value in kept.items():
            setattr(service, name, value)
        if kept:
            service.save(update_fields=list(kept))
        if professionals is not None:
            set_professionals(service=service, professionals=professionals)
        if needs is not None:
            set_needs(service=service, needs=needs)
        note(
            action="service-updated",
            subject=service,
            by=by,
            now=now,
            business_id=service.business_id,
            details={"fields": sorted(kept)},
        )
    return service
