"""`clientela manage moved_appointments`: what new time zone data did to what is booked, and keeping it on the wall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clientela.booking.actions.keep_promises import Keeping, keep_promises
from clientela.booking.errors import PromiseInTheWay
from clientela.booking.models import Appointment
from clientela.booking.queries.moved_promises import MovedPromise, moved_promises
from clientela.notify.queries.other_clocks import reads_other_clock
from clientela.platform import clock
from clientela.platform.actor import Actor
from clientela.platform.refusal import Refusal
from clientela.platform.tenancy import business_scope, system_scope
from clientela.rules.clock_time import tzdata_version, wall_text


class Command(BaseCommand):
    """List the appointments ahead whose promised reading is now another instant; keep the readings; tell clients."""

    help = (
        "After new time zone data: lists the appointments ahead whose promised time is now another instant. --keep "
        "keeps the time on the wall, --tell tells the clients who read another clock."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --keep and --tell."""
        parser.add_argument("--keep", action="store_true", help="keep the times on the wall")
        parser.add_argument(
            "--tell", action="store_true", help="with --keep: tell clients who read another clock"
        )

    def handle(self, *, keep: bool = False, tell: bool = False, **_: Any) -> None:  # noqa: ANN401 -- Django's own options
        """List first, then keep; what could not be kept is named, and makes the exit code 1."""
        if tell and not keep:
            raise CommandError("--tell goes with --keep: it tells of what is kept.")
        now = clock.now()
        with system_scope("promises of every business are looked at"):
            moved = moved_promises(now=now)
            for one in moved:
                self.stdout.write(self._line(one))
        self.stdout.write(
            f"{len(moved)} promises ahead have moved with the time zone data {tzdata_version()}."
        )
        if keep:
            self._keep(moved, tell=tell, now=now)

    def _line(self, one: MovedPromise) -> str:
        holder = one.holder
        belongs = f"{one.belongs_at:%Y-%m-%d %H:%M} UTC" if one.belongs_at else "no instant at all"
        return (
            f"{'session' if one.is_session else 'appointment'} {holder.pk}  {holder.business.slug}  "
            f"{holder.promised_local} {holder.promised_zone} (with {holder.tzdata}): stands at "
            f"{holder.starts_at:%Y-%m-%d %H:%M} UTC, belongs at {belongs}{self._elsewhere(one)}"
        )

    def _elsewhere(self, one: MovedPromise) -> str:
        if not isinstance(one.holder, Appointment):
            return ""
        with business_scope(one.holder.business_id):
            zone = reads_other_clock(one.holder)
        if not zone or one.belongs_at is None:
            return ""
        return f"; the client reads {zone}, where it will be {wall_text(one.belongs_at, zone)}"

    def _keep(self, moved: list[MovedPromise], *, tell: bool, now: datetime) -> None:
        by = Actor.system("clientela manage moved_appointments")
        keeping = keep_promises(moved=moved, tells=tell, by=by, now=now)
        elsewhere = sum(1 for one in keeping.kept if self._is_read_elsewhere(one))
        self.stdout.write(f"{len(keeping.kept)} appointments keep their time on the wall.")
        told = "are told." if tell else "were not told: --keep --tell would have told them."
        if elsewhere:
            self.stdout.write(f"{elsewhere} of their clients read another clock, and {told}")
        self._name_refused(keeping)

    def _is_read_elsewhere(self, kept: Appointment) -> bool:
        with business_scope(kept.business_id):
            return bool(reads_other_clock(kept))

    def _name_refused(self, keeping: Keeping) -> None:
        for one, refusal in keeping.refused:
            self.stdout.write(f"{one.holder.pk}  {refusal.reason}: {_in_words(refusal)}")
        if keeping.refused:
            raise CommandError(
                f"{len(keeping.refused)} could not be kept: agree on another time with the client."
            )


def _in_words(refusal: Refusal) -> str:
    if not isinstance(refusal, PromiseInTheWay):
        return "there is no such time, or it was changed this very moment"
    return ", ".join(f"{kind} {key}" for kind, key in refusal.holders)
