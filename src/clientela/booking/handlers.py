"""What booking does when a time becomes free, when somebody who waited has booked, and when cards are joined or parted."""

from __future__ import annotations

from datetime import datetime

from clientela.accounts.events import AccountsJoined
from clientela.accounts.models import Account
from clientela.booking import events
from clientela.booking.actions.end_calendar_feed import end_calendar_feed
from clientela.booking.actions.leave_waiting_list import end_by_booking
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.offer_freed_time import offer_freed_time
from clientela.booking.models import Appointment, MarkedFor
from clientela.business.models import Location
from clientela.people.events import ClientsMerged, HouseholdFormed
from clientela.people.queries.household_ties import household_ties
from clientela.platform.actor import Actor
from clientela.platform.outbox import on
from clientela.rules.clock_time import to_exact
from clientela.rules.interval import Interval
from clientela.schedule.events import ClosureRemoved, TimeOffRemoved


@on(events.AppointmentCancelled, events.RequestDeclined, name="booking.offer-freed")
def offer_cancelled(event: events.AppointmentEvent, *, now: datetime) -> None:
    """The time of an appointment that will not be."""
    appointment = Appointment.objects.filter(pk=event.appointment_id).first()
    if appointment is None:
        return
    offer_freed_time(
        business_id=event.business_id,
        location_id=appointment.location_id,
        freed=Interval(appointment.starts_at, appointment.ends_at),
        given_up_by=appointment.client_id,
        now=now,
    )


@on(events.AppointmentRescheduled, name="booking.offer-left")
def offer_left(event: events.AppointmentRescheduled, *, now: datetime) -> None:
    """The time that an appointment was moved from; it was as long then as it is now."""
    appointment = Appointment.objects.filter(pk=event.appointment_id).first()
    if appointment is None:
        return
    lasts = appointment.ends_at - appointment.starts_at
    start = event.previous_starts_at
    offer_freed_time(
        business_id=event.business_id,
        location_id=event.previous_location_id,
        freed=Interval(start, start + lasts),
        given_up_by=appointment.client_id,
        now=now,
    )


@on(events.TimeFreed, name="booking.offer-unpaid")
def offer_unpaid(event: events.TimeFreed, *, now: datetime) -> None:
    """The time of a hold that ended."""
    offer_freed_time(
        business_id=event.business_id,
        location_id=event.location_id,
        freed=Interval(event.starts_at, event.ends_at),
        given_up_by=event.client_id,
        now=now,
    )


@on(TimeOffRemoved, name="booking.offer-back")
def offer_back(event: TimeOffRemoved, *, now: datetime) -> None:
    """The time of somebody who will be there after all, wherever they work."""
    offer_freed_time(
        business_id=event.business_id, freed=Interval(event.starts_at, event.ends_at), now=now
    )


@on(ClosureRemoved, name="booking.offer-reopened")
def offer_reopened(event: ClosureRemoved, *, now: datetime) -> None:
    """The days on which a place is open after all."""
    place = Location.objects.filter(pk=event.location_id).first()
    if place is None:
        return
    first, end = (
        to_exact(on=on, minute=0, zone_name=place.zone, gap="after", overlap="first")
        for on in (event.from_on, event.until_on)
    )
    offer_freed_time(
        business_id=event.business_id, location_id=place.pk, freed=Interval(first, end), now=now
    )


@on(events.AppointmentBooked, events.AppointmentRequested, name="booking.end-wait")
def end_wait(event: events.AppointmentEvent, *, now: datetime) -> None:
    """Who has a time waits for it no longer."""
    appointment = Appointment.objects.filter(pk=event.appointment_id).first()
    if appointment is not None:
        end_by_booking(appointment=appointment, now=now)


@on(ClientsMerged, name="booking.mark-merged")
def mark_merged(event: ClientsMerged, *, now: datetime) -> None:
    """Who was new on one card may be a returning client now."""
    mark_appointments(
        business_id=event.business_id,
        client_ids=[event.survivor_id, *household_ties(client_id=event.survivor_id)],
        marked_for=MarkedFor.MERGED,
        now=now,
    )


@on(HouseholdFormed, name="booking.mark-household")
def mark_household(event: HouseholdFormed, *, now: datetime) -> None:
    """Who was new is a returning client if somebody of their family had been here before.

    Leaving a household is not heard: what was booked until then stays marked as it is, and explained by it.
    """
    mark_appointments(
        business_id=event.business_id,
        client_ids=event.client_ids,
        marked_for=MarkedFor.HOUSEHOLD,
        now=now,
    )


@on(
    events.AppointmentBooked,
    events.AppointmentRequested,
    events.RequestDeclined,
    events.AppointmentCancelled,
    events.AppointmentRescheduled,
    events.AppointmentMissed,
    events.AppointmentCorrected,
    name="booking.mark-family",
)
def mark_family(event: events.AppointmentEvent, *, now: datetime) -> None:
    """A visit of one counts for the others of the household, so theirs are marked again; the client's own are already."""
    found = Appointment.objects.filter(pk=event.appointment_id).values_list("client_id", flat=True)
    client_id = found.first()
    family = household_ties(client_id=client_id) if client_id else {}
    if family:
        mark_appointments(
            business_id=event.business_id,
            client_ids=family,
            marked_for=MarkedFor.CHANGED,
            now=now,
        )


@on(events.VisitsParted, name="booking.mark-parted")
def mark_parted(event: events.VisitsParted, *, now: datetime) -> None:
    """Two persons again: each is marked by what is theirs."""
    mark_appointments(
        business_id=event.business_id,
        client_ids=[event.card_id, event.other_id],
        marked_for=MarkedFor.PARTED,
        now=now,
    )


@on(AccountsJoined, name="booking.end-absorbed-feed")
def end_absorbed_feed(event: AccountsJoined, *, now: datetime) -> None:
    """Revoke the calendar address of an absorbed account, which was dead with it: parting does not wake it up."""
    for account in Account.objects.filter(absorbed_by=event.join_id):
        end_calendar_feed(account=account, by=Actor.system("booking"), now=now)
