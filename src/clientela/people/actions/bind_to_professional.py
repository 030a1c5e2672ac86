"""The only professional whom a client may book."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.business.models import Professional
from clientela.people.errors import ProfessionalUnknown
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.audit import note as audit_note
from clientela.platform.tenancy import business_scope


def bind_to_professional(
    *, client: Client, professional: Professional | None, by: Actor, now: datetime
) -> Client:
    """Let the client see and book only this professional's times; ``None`` lets them book whom they like again.

    Appointments that stand are not touched. Refuses ``ProfessionalUnknown`` for one of another business or one who
    has left.
    """
    with business_scope(client.business_id), transaction.atomic():
        if professional is not None and not _works_here(professional):
            raise ProfessionalUnknown(field="bound_to")
        if client.bound_to_id == (professional.pk if professional else None):
            return client
        client.bound_to = professional
        client.save(update_fields=["bound_to"])
        audit_note(
            action="client-bound" if professional else "client-unbound",
            subject=client,
            by=by,
            now=now,
            details={"professional": str(professional.pk)} if professional else None,
        )
    return client


def _works_here(professional: Professional) -> bool:
    return Professional.objects.filter(pk=professional.pk, resource__is_active=True).exists()
