"""Take a package off the list."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.catalogue.models import Package
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def archive_package(*, package: Package, by: Actor, now: datetime) -> Package:
    """Stop selling a package, to clients and at the desk; the credits that were sold stay good."""
    with transaction.atomic():
        package.is_active = False
        package.save(update_fields=["is_active"])
        note(
            action="package-archived",
            subject=package,
            by=by,
            now=now,
            business_id=package.business_id,
        )
    return package
