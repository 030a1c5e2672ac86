"""What the doctor asks about promises: whether new time zone data moved them, or this process reads older data than another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from clientela.booking.models import Appointment
from clientela.booking.queries.moved_promises import HOLDS_AHEAD, count_moved_promises
from clientela.platform.doctor import Finding, bad, check, ok
from clientela.rules.clock_time import tzdata_version
from clientela.rules.tz_release import release_rank


@check("promises")
def promises_stand(now: datetime) -> Iterator[Finding]:
    """Compare every promise ahead with the time zone data in use."""
    moved = count_moved_promises(now=now)
    if not moved:
        yield ok("Every appointment ahead stands at its promised time.")
        return
    yield bad(
        f"New time zone data moved {moved} promised times: these appointments stand at another time than clients were told.",
        "`clientela manage moved_appointments` lists them; with --keep --tell it keeps the promises.",
    )


@check("zone-data-newer")
def nobody_read_newer_data(now: datetime) -> Iterator[Finding]:
    """See whether an appointment ahead was promised with newer data than this process reads."""
    here = tzdata_version()
    ahead = Appointment.objects.filter(status__in=HOLDS_AHEAD, starts_at__gt=now)
    newest = max(ahead.values_list("tzdata", flat=True).distinct(), key=release_rank, default="")
    if release_rank(newest) > release_rank(here):
        yield bad(
            f"Appointments were promised with the time zone data {newest}, but this process reads {here}.",
            "Update the tzdata package of every server and worker to the same release, then restart them.",
        )
    else:
        yield ok("Every process that booked read the same time zone data, or older.")
