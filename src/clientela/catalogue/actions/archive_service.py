"""Take a service off the list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.catalogue.models import Service
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def archive_service(*, service: Service, by: Actor, now: datetime) -> Service:
    """Stop offering a service, to clients and at the desk; what is booked stays booked."""
    with transaction.atomic():
        service.is_active = False
        service.save(update_fields=["is_active"])
        note(
            action="service-archived",
            subject=service,
            by=by,
            now=now,
            business_id=service.business_id,
        )
    return service
