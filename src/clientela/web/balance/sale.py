"""One sale of mine: what was bought, what it pays for, what was paid, and its papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from clientela.booking.causes import appointment_id_of
from clientela.booking.models import Appointment
from clientela.business.models import SalesPolicy
from clientela.checkout.models import Purpose
from clientela.checkout.queries.online import online_account
from clientela.ledger.models import Invoice, Payment, PaymentKind, Redemption, Sale
from clientela.ledger.queries.sale_sums import sums_of
from clientela.people.queries.own_name import own_name
from clientela.policy.door_request import DoorRequest
from clientela.rules.sale_state import OUTSTANDING
from clientela.web.balance.frame import own_page
from clientela.web.balance.own import own_sale
from clientela.web.balance.reading import zone_of
from clientela.web.brand import brand_of
from clientela.web.design import times
from clientela.web.states import Audience, sale_badge
from clientela.web.visit.begin_payment import Order, begin_payment
from clientela.web.visit.credit_words import paid_how, short_moment, until

DOOR = "client-pages"


@dataclass(frozen=True, kw_only=True, slots=True)
class PaidFor:
    """What a credit of the sale is used for; ``url`` is empty where the client deleted it.

    Of what was lent: for whom, and the day on which that was done.
    """

    what: str
    when: str
    url: UUID | None
    is_lost: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Passed:
    """Money that passed, one way or the other."""

    payment: Payment
    how: str
    is_back: bool


def sale(request: DoorRequest, sale_id: UUID) -> HttpResponse:
    """Show it. Looking changes nothing."""
    return sale_page(request, own_sale(request, sale_id))


def sale_page(
    request: DoorRequest, found: Sale, *, refused: str = "", status: int = 200
) -> HttpResponse:
    """Draw the page, after a refused act with why."""
    business = found.business
    sums = sums_of(found)
    is_outstanding = found.state in OUTSTANDING
    return own_page(
        request,
        "balance/sale.html",
        status=status,
        refused=refused,
        sale=found,
        business=business,
        brand=brand_of(business),
        sums=sums,
        badge=sale_badge(found.state, audience=Audience.CLIENT),
        until=until(found.valid_until) if found.credits else "",
        paid_for=_paid_for(found, zone=zone_of(request, found.client)),
        passed=_passed(found),
        invoices=list(Invoice.objects.filter(sale=found).order_by("issued_at").defer("document")),
        is_outstanding=is_outstanding,
        can_pay_online=is_outstanding and online_account(business) is not None,
        selling=SalesPolicy.objects.filter(business=business).first() or SalesPolicy(),
    )


def pay_sale(request: DoorRequest, sale_id: UUID) -> HttpResponse:
    """Lead to the page where what is missing is paid."""
    found = own_sale(request, sale_id)
    order = Order(purpose=Purpose.SALE, client=found.client, sale=found)
    return begin_payment(
        request,
        order,
        back_to=request.path.removesuffix("pay"),
        door=DOOR,
        by=request.actor,
        refused=lambda words: sale_page(
            request, own_sale(request, sale_id), refused=words, status=409
        ),
    )


def _passed(found: Sale) -> list[Passed]:
    rows = Payment.objects.filter(sale=found).order_by("recorded_at", "pk")
    return [
        Passed(payment=one, how=paid_how(one.method), is_back=one.kind == PaymentKind.REFUND)
        for one in rows
    ]


def _paid_for(found: Sale, *, zone: str) -> Sequence[PaidFor]:
    """What the sale's credits stand used for: the client's appointments, the oldest first, then what is lent."""
    standing = Redemption.objects.filter(grant__sale=found, released_at__isnull=True)
    uses = {appointment_id_of(one.cause): one for one in standing.order_by("number")}
    rows = Appointment.objects.filter(pk__in=[key for key in uses if key])
    visits = list(rows.select_related("service", "client__account").order_by("starts_at"))
    own = [one for one in visits if one.client_id == found.client_id]
    lent = [one for one in visits if one.client_id != found.client_id]
    return [
        *(
            PaidFor(
                what=one.service.name,
                when=short_moment(one.starts_at, zone),
                url=one.pk if one.hidden_at is None else None,
                is_lost=uses[one.pk].forfeited,
            )
            for one in own
        ),
        *(
            PaidFor(
                what=_("lent on %(day)s")
                % {"day": times.short_day_and_year(uses[one.pk].redeemed_at, zone)},
                when=_("For %(name)s")
                % {"name": own_name(one.client) or _("somebody of your household")},
                url=None,
            )
            for one in sorted(lent, key=lambda one: uses[one.pk].redeemed_at)
        ),
    ]
