"""The channel of texts: composes them, counts what they cost, and finds the gateway of each business."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import cast
from uuid import UUID

from clientela.notify.channels import Ambiguity
from clientela.notify.channels.sms import parcel as parcels_of
from clientela.notify.channels.sms.port import TextParcel
from clientela.notify.channels.sms.session import Session
from clientela.notify.models import Message
from clientela.notify.queries.client_policy import ClientPolicy
from clientela.notify.text_budget import TextSpending, refund_texts, spend_texts


class TextChannel:
    """Texts. One that may have left is never sent again by itself."""

    name = "sms"
    ambiguity: Ambiguity = "leave"

    def compose(
        self, message: Message, *, policy: ClientPolicy | None = None, now: datetime
    ) -> TextParcel:
        """Return the text as it is to leave now."""
        return parcels_of.compose(message, policy=policy, now=now)

    def session(self) -> AbstractContextManager[Session]:
        """Return the ways out to the gateways of the texts that follow."""
        return Session()

    def way_of(self, business_id: UUID) -> str:
        """Each business has a line of its own: one that is of no use holds nobody else's texts."""
        return str(business_id)

    def claim(self, parcels: Sequence[object], *, now: datetime) -> list[str]:
        """Count the texts in the budgets of their businesses and numbers."""
        return spend_texts(spendings=_spendings(parcels), now=now)

    def refund(self, parcels: Sequence[object], *, now: datetime) -> None:
        """Take off what certainly did not leave."""
        refund_texts(spendings=_spendings(parcels), now=now)


def _spendings(parcels: Sequence[object]) -> list[TextSpending]:
    return [spending_of(cast("TextParcel", one)) for one in parcels]


def spending_of(parcel: TextParcel) -> TextSpending:
    """Return what a text takes of the budgets."""
    return TextSpending(
        gateway=parcel.gateway,
        number=parcel.number,
        segments=parcel.segments,
        is_counted=parcel.is_counted,
    )


CHANNEL = TextChannel()
