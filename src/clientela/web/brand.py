"""Whose page it is: a business as the design system draws it."""

from __future__ import annotations

from django.urls import reverse

from clientela.business.models import Business, Location
from clientela.web.design.shapes import Brand


def brand_of(business: Business, *, location: Location | None = None) -> Brand:
    """The business's name, colour and front page; with a location, where it is as the line below."""
    place = ""
    if location is not None:
        place = " · ".join(part for part in (location.city, location.street) if part)
    return Brand(
        name=business.name,
        line=place or business.tagline,
        url=reverse("booking_page:business", args=[business.slug]),
        hue=business.hue,
        vivid=business.vivid,
    )
