"""Change a package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from clientela.catalogue.actions.check_package import checked_package, set_covered
from clientela.catalogue.models import Package, Service
from clientela.platform.actor import Actor
from clientela.platform.audit import note


def update_package(
    *,
    package: Package,
    services: Iterable[Service] | None = None,
    by: Actor,
    now: datetime,
    **fields: Any,  # noqa: ANN401 -- the columns differ in type
) -> Package:
    """Change the given fields; ``services``, when given, replace what there was.

    What was sold stays as it was agreed: its price, credits, validity and services. ``is_active=True`` puts an
    archived package back on the list. Refuses as ``check_package`` says.
    """
    kept = checked_package(fields)
    with transaction.atomic():
        for name, value in kept.items():
            setattr(package, name, value)
        if kept:
            package.save(update_fields=list(kept))
        if services is not None:
            set_covered(package=package, services=services)
        note(
            action="package-updated",
            subject=package,
            by=by,
            now=now,
            business_id=package.business_id,
            details={"fields": sorted(kept)},
        )
    return package
