"""Found a business: the tenant, its first location, its policy and its owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from clientela.accounts.models import Account
from clientela.business.actions.add_location import insert_location
from clientela.business.errors import NameMissing, SlugTaken
from clientela.business.models import BookingPolicy, Business, Membership, Role
from clientela.business.plain_text import line
from clientela.business.slugs import check_slug
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.tenancy import business_scope


@dataclass(frozen=True, slots=True)
class FirstLocation:
    """Where the business is; the zone is given beside it."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    country: str = ""
    phone: str = ""


def found_business(  # noqa: PLR0913 -- what a business is founded with
    *,
    business: Business | None = None,
    name: str,
    slug: str,
    language: str,
    currency: str,
    zone: str,
    owner: Account | None,
    location: FirstLocation | None = None,
    email: str = "",
    phone: str = "",
    now: datetime,
    by: Actor,
) -> Business:
    """Make a business with one location in ``zone``, default policies, and its owner's membership.

    Refuses ``NameMissing``, ``SlugInvalid``, ``SlugReserved``, ``SlugTaken``, ``ZoneUnknown``; then nothing
    is written. ``owner`` may be absent for a business that is imported before its people have log-ins.
    """
    kept = line(name, limit=120)
    if not kept:
        raise NameMissing(field="name")
    check_slug(slug)
    place = location or FirstLocation()
    founded = business or Business()
    founded.name, founded.slug, founded.language = kept, slug, language
    founded.currency, founded.email, founded.phone = currency.upper(), email, phone
    founded.created_at = now
    with transaction.atomic(), business_scope(founded.pk):
        _insert(founded)
        insert_location(
            business=founded,
            name=place.name or kept,
            zone=zone,
            street=place.street,
            postcode=place.postcode,
            city=place.city,
            country=place.country,
            phone=place.phone,
        )
        BookingPolicy.objects.create(business=founded)
        if owner is not None:
            Membership.objects.create(
                business=founded, account=owner, role=Role.OWNER, created_at=now
            )
        note(action="business-founded", subject=founded, by=by, now=now, business_id=founded.pk)
    return founded


def _insert(business: Business) -> None:
    try:
        with transaction.atomic():
            business.save(force_insert=True)
    except IntegrityError as error:
        if Business.objects.filter(slug=business.slug).exists():
            raise SlugTaken(field="slug") from error
        raise
