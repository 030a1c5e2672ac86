"""Add someone who gives services."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.accounts.models import Account
from clientela.business.actions.add_resource import insert_resource
from clientela.business.models import Business, Professional, ResourceKind
from clientela.business.plain_text import line
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def add_professional(
    *,
    business: Business,
    name: str,
    title: str = "",
    hue: int | None = None,
    email: str = "",
    account: Account | None = None,
    by: Actor,
    now: datetime,
) -> Professional:
    """Add a professional and the resource that is occupied. Has no hours yet, so is not bookable yet.

    Refuses ``NameMissing``.
    """
    with transaction.atomic():
        resource = insert_resource(
            business=business, kind=ResourceKind.PROFESSIONAL, name=name, location=None, hue=hue
        )
        professional = Professional.objects.create(
            resource=resource,
            business=business,
            title=line(title, limit=120),
            email=line(email, limit=254),
            account=account,
        )
        note(
            action="professional-added",
            subject=professional,
            by=by,
            now=now,
            business_id=business.pk,
        )
    return professional
