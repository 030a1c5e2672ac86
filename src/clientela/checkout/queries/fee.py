"""The fee for not coming: what may be charged, and of whom."""

from __future__ import annotations

from clientela.booking.models import Appointment, Status
from clientela.catalogue.models import Service
from clientela.checkout.models import AttemptState, KeptCard, PaymentAttempt, Purpose
from clientela.checkout.queries.online import kept_card


def fee_of(*, service: Service, card: KeptCard) -> int:
    """Return the fee in minor units: the service's, and never more than was agreed to; 0: none."""
    return min(service.no_show_fee_minor, card.fee_minor)


def fee_due(appointment: Appointment) -> int:
    """Return what may be charged for this appointment now, in minor units; 0 unless it was missed and a card is kept."""
    if appointment.status != Status.NO_SHOW:
        return 0
    card = kept_card(client=appointment.client)
    if card is None:
        return 0
    tried = PaymentAttempt.objects.filter(appointment=appointment, purpose=Purpose.FEE)
    if tried.exclude(state__in=[AttemptState.FAILED, AttemptState.EXPIRED]).exists():
        return 0
    return fee_of(service=appointment.service, card=card)
