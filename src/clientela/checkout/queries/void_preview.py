"""What voiding a sale would do: shown before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientela.booking.causes import appointment_id_of, cause_of
from clientela.booking.models import Appointment
from clientela.booking.queries.pending_redemption import wanted_for
from clientela.checkout.queries.money_left import money_left
from clientela.ledger.models import Grant, Payment, Redemption
from clientela.ledger.queries.usable_grants import usable_grants
from clientela.rules.lifecycle import HOLDS_TIME, Status
from clientela.rules.redemption import plan_redemptions

if TYPE_CHECKING:
    from clientela.ledger.models import Sale


@dataclass(frozen=True, slots=True)
class VoidPreview:
    """The appointments that lose their credit, oldest first, each in one list, and the money that goes back.

    ``reopens`` wait for redemption again; ``again`` are redeemed at once by another credit of their client;
    ``unpaid`` need none; ``ended`` were cancelled. ``money`` is what is left of each payment.
    """

    reopens: list[Appointment]
    again: list[Appointment]
    unpaid: list[Appointment]
    ended: list[Appointment]
    money: dict[Payment, int]


def void_preview(*, sale: Sale) -> VoidPreview:
    """Return what ``void_sale`` would do now. Nothing is written."""
    appointments = _using(sale)
    taking_place = [one for one in appointments if Status(one.status) in HOLDS_TIME]
    needing = [one for one in taking_place if one.service.needs_credits]
    gone = set(Grant.objects.filter(sale=sale).values_list("pk", flat=True))
    again: set[str] = set()
    # Each uses what is their client's own: what was lent is lent again by nobody.
    for client_id in {one.client_id for one in needing}:
        plan = plan_redemptions(
            wanted=[wanted_for(one) for one in needing if one.client_id == client_id],
            usable=[one for one in usable_grants(client_id=client_id) if one.grant_id not in gone],
        )
        again |= {one.cause for one in plan}
    return VoidPreview(
        reopens=[one for one in needing if cause_of(one.pk) not in again],
        again=[one for one in needing if cause_of(one.pk) in again],
        unpaid=[one for one in taking_place if not one.service.needs_credits],
        ended=[one for one in appointments if one not in taking_place],
        money=money_left(sale),
    )


def _using(sale: Sale) -> list[Appointment]:
    """Return the appointments that a credit of the sale stands for, the forfeited ones among them."""
    causes = Redemption.objects.filter(grant__sale=sale, released_at__isnull=True)
    ids = [appointment_id_of(cause) for cause in causes.values_list("cause", flat=True)]
    return list(
        Appointment.objects.filter(pk__in=[one for one in ids if one is not None])
        .select_related("client", "service", "professional__resource", "location")
        .order_by("starts_at", "id")
    )
