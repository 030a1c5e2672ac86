"""Book the same wall-clock time every so many weeks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction

from clientela.accounts.models import Account
from clientela.booking.actions.book import checked_zone, write_new
from clientela.booking.actions.booker import admit_booker, with_own_card
from clientela.booking.actions.check_start import require_location
from clientela.booking.actions.credit import redeem_new
from clientela.booking.actions.mark_appointments import mark_appointments
from clientela.booking.actions.overrides import Overrides
from clientela.booking.actions.refuse import AskedStart, is_backstop
from clientela.booking.actions.win_time import NotFree, lock_keys
from clientela.booking.actions.write_appointment import Form, card_of
from clientela.booking.errors import SeriesRefused
from clientela.booking.guest import Guest
from clientela.booking.models import Appointment, Channel, MarkedFor, Series, Session
from clientela.booking.queries.why_not import reasons_against
from clientela.business.models import Business, Location, Professional
from clientela.catalogue.models import Service
from clientela.people.models import Client
from clientela.platform.actor import Actor
from clientela.platform.idempotency import Claim, claim
from clientela.platform.ids import uuid7
from clientela.platform.locking import lock
from clientela.rules.clock_time import is_known_zone, local_date, minute_of_day, wall_text
from clientela.rules.series import Occurrence, Recurrence, occurrences

OnConflict = Literal["all", "report"]


@dataclass(frozen=True, slots=True)
class SeriesOutcome:
    """What was booked, and each wall-clock start that was not, with its reason word."""

    series: Series | None
    booked: list[Appointment]
    refused: list[tuple[str, str]]

    def as_kept(self) -> dict[str, object]:
        """Return what a repeated request is answered from (``_made_before``)."""
        return {"series": str(self.series.pk) if self.series else None, "refused": self.refused}


def book_series(  # noqa: PLR0913 -- every fact of a booking has its name
    *,
    business: Business,
    service: Service,
    starts_at: datetime,
    every_weeks: int,
    count: int,
    on_conflict: OnConflict,
    client: Client | Guest | None,
    professional: Professional | None = None,
    location: Location | None = None,
    by: Actor,
    channel: Channel,
    door: str,
    zone: str = "",
    device_zone: str = "",
    language: str = "",
    staff_note: str = "",
    account: Account | None = None,
    idempotency_key: str | None = None,
    overrides: Overrides | None = None,
    now: datetime,
) -> SeriesOutcome:
    """Book ``count`` appointments at the wall-clock time of ``starts_at``, ``every_weeks`` weeks apart.

    Across clock changes the wall time stays. ``on_conflict="all"`` books all or refuses
    ``SeriesRefused`` with every date that cannot be had; ``"report"`` books what it can and reports the
    rest. One transaction either way. ``Recurrence`` refuses (``ValueError``) more than two years of weeks.
    """
    place = require_location(business=business, location=location)
    booker = admit_booker(business=business, client=client, account=account, by=by)
    asked = booker.asks(
        service=service,
        location=place,
        professional=professional,
        starts_at=starts_at,
        overrides=overrides,
    )
    form = Form(
        client=booker.client,
        account=booker.account,
        channel=channel,
        door=door,
        zone=checked_zone(zone),
        device_zone=device_zone if is_known_zone(device_zone) else "",
        language=language,
        staff_note=staff_note,
    )
    dates = _dates(asked, every_weeks=every_weeks, count=count)
    with transaction.atomic():
        asked, form = with_own_card(asked=asked, form=form)
        claimed = _claim(idempotency_key, asked, form, dates, every_weeks, by=booker.by, now=now)
        if claimed and claimed.replayed:
            return _made_before(claimed.result)
        outcome = _book(asked, form, dates, every_weeks=every_weeks, by=booker.by, now=now)
        if outcome.refused and (on_conflict == "all" or not outcome.booked):
            raise SeriesRefused(refused=outcome.refused)
        if claimed:
            claimed.keep(outcome.as_kept())
        return outcome


def _dates(asked: AskedStart, *, every_weeks: int, count: int) -> list[Occurrence]:
    """The same wall-clock time on every date, whatever the clocks do."""
    zone = asked.location.zone
    recurrence = Recurrence(
        first_on=local_date(asked.starts_at, zone),
        minute=minute_of_day(asked.starts_at, zone),
        every_weeks=every_weeks,
        count=count,
    )
    return occurrences(recurrence=recurrence, zone_name=zone)


def _claim(
    key: str | None,
    asked: AskedStart,
    form: Form,
    dates: list[Occurrence],
    every_weeks: int,
    *,
    by: Actor,
    now: datetime,
) -> Claim | None:
    """Claim the caller's key for exactly this wish; without a key there is nothing to claim."""
    if not key:
        return None
    wish = (asked.service.pk, asked.starts_at.isoformat(), every_weeks, len(dates))
    return claim(
        owner=f"{asked.business.pk}:series:{by.kind.value}:{by.account_id or by.label}",
        key=key,
        fingerprint=[*wish, form.client_identity()],
        now=now,
    )


def _book(
    asked: AskedStart,
    form: Form,
    dates: list[Occurrence],
    *,
    every_weeks: int,
    by: Actor,
    now: datetime,
) -> SeriesOutcome:
    """Lock everything the series may take, once; then book date by date, each in a savepoint."""
    starts = [one.at for one in dates if one.at is not None]
    _lock_all(asked, form, starts)
    card = card_of(form, business=asked.business, by=by, now=now)
    series = Series.objects.create(
        id=uuid7(),
        business=asked.business,
        client=card,
        service=asked.service,
        every_weeks=every_weeks,
        count=len(dates),
        created_at=now,
    )
    form = replace(form, client=card, series=series)
    booked: list[Appointment] = []
    refused: list[tuple[str, str]] = []
    for one in dates:
        if one.at is None:
            refused.append((one.on.isoformat(), str(one.reason)))
            continue
        start = replace(asked, starts_at=one.at)
        try:
            with transaction.atomic():
                booked.append(write_new(asked=start, form=form, by=by, now=now))
        except (NotFree, IntegrityError) as error:
            if isinstance(error, IntegrityError) and not is_backstop(error):
                raise
            local = wall_text(one.at, asked.location.zone)
            refused.append((local, _reason(start, now=now)))
    # At the end: who holds a client's credits waits for no resource any more.
    redeem_new(appointments=booked, now=now)
    mark_appointments(
        business_id=asked.business.pk,
        client_ids=[card.pk],
        marked_for=MarkedFor.BOOKED,
        by=by,
        now=now,
    )
    return SeriesOutcome(series, booked, refused)


def _lock_all(asked: AskedStart, form: Form, starts: list[datetime]) -> None:
    """Take the assignment's lock, then every candidate in one sorted set: later locks are ours already."""
    supply = asked.supply()
    lock(keys=[f"assignment:{asked.service.pk}"])
    sessions = Session.objects.filter(
        service=asked.service, starts_at__in=starts, cancelled_at__isnull=True
    )
    lock_keys(
        resource_ids=[*supply.resource_ids, *sessions.values_list("pk", flat=True)],
        also=form.lock_keys(business_id=asked.business.pk),
    )


def _reason(asked: AskedStart, *, now: datetime) -> str:
    whys = reasons_against(
        business=asked.business,
        service=asked.service,
        location=asked.location,
        professional_id=asked.professional.pk if asked.professional else None,
        starts_at=asked.starts_at,
        now=now,
        for_staff=asked.for_staff,
        client=asked.client,
    )
    return str(whys[0].reason) if whys else "slot-taken"


def _made_before(result: dict[str, Any]) -> SeriesOutcome:
    series = Series.objects.get(pk=result["series"])
    booked = list(Appointment.objects.filter(series=series).order_by("starts_at"))
    refused = [(str(on), str(reason)) for on, reason in result["refused"]]
    return SeriesOutcome(series, booked, refused)
