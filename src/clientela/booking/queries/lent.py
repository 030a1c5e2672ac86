"""Credits that somebody used, with leave, for an appointment of another's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.ledger.models import Grant, Redemption
from clientela.people.models import Client
from clientela.people.queries.hidden_rows import shown_only
from clientela.platform.tenancy import system_scope


@dataclass(frozen=True, slots=True)
class LentUse:
    """One use of a card's credit for an appointment of ``borrower``.

    What, when and where the appointment is, is the borrower's to show. It stands unless it was ``released_at``.
    """

    redemption: Redemption
    borrower: Client
    redeemed_at: datetime
    released_at: datetime | None
    forfeited: bool


def lenders_of(*, appointment_ids: Collection[UUID]) -> dict[UUID, Client]:
    """Return by appointment the card whose lent credit stands for it; those with their client's own are not in it.

    One query, none for no appointments. The caller may see the appointments; the cards are others'.
    """
    if not appointment_ids:
        return {}
    with system_scope("who lent a credit for an appointment that the caller may see"):
        standing = Redemption.objects.filter(
            cause__in=[cause_of(one) for one in appointment_ids],
            lent=True,
            released_at__isnull=True,
        ).select_related("grant__client")
        rows = {appointment_id_of(one.cause): one.grant.client for one in standing}
        kept = Appointment.objects.filter(pk__in=[key for key in rows if key is not None])
        clients = dict(kept.values_list("pk", "client_id")) if rows else {}
    return {key: rows[key] for key, client_id in clients.items() if client_id != rows[key].pk}


def lent_by(*, client_id: UUID, as_client: bool = False) -> list[LentUse]:
    """Return what the credits of this card were lent for, the newest first, given back or not; two queries.

    ``as_client``: without the credits that are hidden from the client's own log-in.
    """
    with system_scope("for whom a card's credits were used stands on other people's cards"):
        uses = Redemption.objects.filter(grant__client=client_id, lent=True).select_related("grant")
        if as_client:
            uses = uses.filter(grant__in=shown_only(Grant.objects.filter(client=client_id)))
        rows = list(uses.order_by("-redeemed_at", "-pk"))
        ids = {one.cause: key for one in rows if (key := appointment_id_of(one.cause)) is not None}
        booked = Appointment.objects.select_related("client").in_bulk(set(ids.values()))
    borrowers = {cause: booked[key].client for cause, key in ids.items() if key in booked}
    return [
        LentUse(one, borrowers[one.cause], one.redeemed_at, one.released_at, one.forfeited)
        for one in rows
        if one.cause in borrowers and borrowers[one.cause].pk != client_id
    ]
