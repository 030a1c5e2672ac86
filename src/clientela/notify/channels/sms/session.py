"""The ways out to gateways, kept open for the texts that follow, and what each of them was last good for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from clientela.notify.channels import Result
from clientela.notify.channels.sms.answers import later
from clientela.notify.channels.sms.port import Gateway, NotFromHere, TextParcel
from clientela.notify.channels.sms.registry import gateway_of
from clientela.notify.models import Outcome, TextGateway


class Session:
    """One gateway for each account, whose secrets are opened once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._gateways: dict[UUID, Gateway] = {}
        self._failures: dict[UUID, str] = {}

    def __enter__(self) -> Self:
        """Connect only when there is something to say."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing is held: each text is one request."""

    def hand_over(self, parcel: TextParcel, *, now: datetime) -> Result:
        """Give one text to its gateway, and note whether that one is of use."""
        try:
            result = self._of(parcel.gateway).send(parcel, now=now)
        except NotFromHere as refusal:
            result = later(detail=refusal.reason, is_unreachable=True)
        self._note(parcel.gateway, result, now)
        has_left = result.outcome in {Outcome.ACCEPTED, Outcome.UNKNOWN}
        return replace(
            result,
            provider=parcel.gateway.gateway,
            segments=parcel.segments if has_left else 0,
            cost_minor=parcel.cost_minor if has_left else 0,
        )

    def _of(self, row: TextGateway) -> Gateway:
        if row.pk not in self._gateways:
            self._gateways[row.pk] = gateway_of(row)
        return self._gateways[row.pk]

    def _note(self, row: TextGateway, result: Result, now: datetime) -> None:
        """Write on the account when it began to be of no use and why; the first text it takes wipes that."""
        known = self._failures.get(row.pk, row.failure)
        if result.is_unreachable:
            failure = f"{result.code} {result.detail}".strip()[:200]
        elif result.outcome in {Outcome.ACCEPTED, Outcome.REFUSED}:
            failure = ""
        else:
            return
        if failure == known:
            return
        self._failures[row.pk] = failure
        standing = TextGateway.objects.filter(pk=row.pk)
        standing.update(failure=failure, failed_at=now if failure else None)  # writes: its health
