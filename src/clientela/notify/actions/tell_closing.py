"""The letters about a business that was given up."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _, ngettext, override

from clientela.booking.models import Appointment, Status
from clientela.booking.queries.change_options import contact_of
from clientela.business.models import Business, Location, Membership, Role
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.queue_account_mail import queue_account_mail
from clientela.notify.queries.standing import chosen_contact
from clientela.notify.safe_text import one_line
from clientela.people.models import Client, Identifier
from clientela.platform.time_words import clock, day_and_year, zone_name


def tell_closing(*, business_id: UUID, now: datetime) -> int:
    """Queue a letter to each client with an appointment ahead, and to each owner; say how many.

    In the business's scope. Nobody is told when it was opened again meanwhile. Who left no address is not told; a
    client hears once, however many appointments there are.
    """
    business = Business.objects.filter(pk=business_id, closed_at__isnull=False).first()
    if business is None or business.erase_at is None:
        return 0
    ahead = (
        Appointment.objects.filter(
            status__in=(Status.REQUESTED, Status.CONFIRMED), starts_at__gt=now
        )
        .select_related("business", "client", "location", "service")
        .prefetch_related("client__identifiers")
        .order_by("client_id", "starts_at", "id")
    )
    told = 0
    with transaction.atomic():
        for _client, appointments in groupby(ahead, key=lambda one: one.client_id):
            told += _tell_client(business, list(appointments), now=now)
        for owner in Membership.objects.filter(
            role=Role.OWNER, ended_at__isnull=True
        ).select_related("account"):
            letter = _to_owner(business, language=owner.account.language or business.language)
            address = owner.account.email
            queue_account_mail(kind="business-closed", address=address, letter=letter, now=now)
            told += 1
    return told


def _tell_client(business: Business, appointments: list[Appointment], *, now: datetime) -> int:
    first = appointments[0]
    client = first.client
    address = chosen_contact(_in_order(client), address_used=first.address_used).address
    if not address:
        return 0
    letter = _to_client(business, appointments, language=client.language or business.language)
    queue_account_mail(kind="business-closed", address=address, letter=letter, now=now)
    return 1


def _in_order(client: Client) -> list[Identifier]:
    return sorted(client.identifiers.all(), key=lambda one: (one.created_at, one.pk))


def _to_client(
    business: Business, appointments: list[Appointment], *, language: str
) -> AccountLetter:
    name, first = one_line(business.name), appointments[0]
    with override(language):
        number = len(appointments)
        facts = {"business": name, "when": _when(first), "number": number}
        yours = ngettext(
            "You have an appointment there on %(when)s.",
            "You have %(number)d appointments there, the next on %(when)s.",
            number,
        )
        ask = _("Please ask whether it takes place: %(contact)s") % {
            "contact": one_line(contact_of(first))
        }
        return AccountLetter(
            language=language,
            subject=_("%(business)s is closing") % facts,
            headline=_("%(business)s is closing") % facts,
            sentences=(
                _("The business has been given up and takes no new bookings online."),
                yours % facts,
                *((ask,) if contact_of(first) else ()),
                _(
                    "On %(day)s what it holds about you is erased. Its books keep times and prices, without your name."
                )
                % {"day": _last_day(business, first.promised_zone)},
            ),
            why=_("You get this mail because you have an appointment at %(business)s.") % facts,
            sender_name=name,
        )


def _to_owner(business: Business, *, language: str) -> AccountLetter:
    place = Location.objects.order_by("position", "id").first()
    with override(language):
        day = _last_day(business, place.zone if place else "UTC")
        facts = {"business": one_line(business.name), "day": day}
        return AccountLetter(
            language=language,
            subject=_("You have given up %(business)s") % facts,
            headline=_("You have given up %(business)s") % facts,
            sentences=(
                _("Its page is closed, and clients with appointments ahead have been told."),
                _("Until %(day)s you can open it again. On that day its clients' data are erased.")
                % facts,
            ),
            button=_("Look at it, or open it again"),
            link=f"{settings.PUBLIC_URL}/desk/{business.slug}/settings/closing/",
            why=_("You get this mail because you own %(business)s.") % facts,
        )


def _when(appointment: Appointment) -> str:
    at, zone = appointment.starts_at, appointment.promised_zone
    return f"{day_and_year(at, zone)}, {clock(at, zone)} ({zone_name(zone, at)})"


def _last_day(business: Business, zone: str) -> str:
    """The day on which the data go, as the place's calendar says it."""
    return day_and_year(business.erase_at, zone) if business.erase_at else ""
