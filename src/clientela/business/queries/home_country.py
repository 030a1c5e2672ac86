"""The country in which a business's local phone numbers are read."""

from __future__ import annotations

from clientela.business.models import Business, Location


def home_country(*, business: Business) -> str:
    """Return the two letters of its first location that names a country, or ``""``."""
    found = (
        Location.objects.filter(business=business, is_active=True)
        .exclude(country="")
        .order_by("position", "id")
        .values_list("country", flat=True)
        .first()
    )
    return found or ""
