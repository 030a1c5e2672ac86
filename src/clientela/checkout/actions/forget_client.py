"""Take a person off what was paid online."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.checkout.links import new_link
from clientela.checkout.models import KeptCard, PaymentAttempt, RefundOrder
from clientela.checkout.payment_events import CardRemoved
from clientela.people.models import Client
from clientela.platform import audit
from clientela.platform.outbox import record


def forget_client(*, card: Client, now: datetime) -> None:
    """Remove the kept cards and what tells them apart, and close the pages of every attempt to pay.

    Amounts and the provider's references stay: money that is still on its way must find its way back. That a
    removed card is forgotten at the provider too is ``forget_cards``'s, which asks outside this transaction.
    """
    attempts = PaymentAttempt.objects.filter(client=card)
    with transaction.atomic():
        kept = KeptCard.objects.filter(client=card)
        for key in kept.filter(removed_at__isnull=True).values_list("pk", flat=True):
            record(
                CardRemoved(business_id=card.business_id, client_id=card.pk, card_id=key), now=now
            )
        kept.filter(removed_at__isnull=True).update(removed_at=now)
        kept.update(brand="", last_digits="", expires_month=None, expires_year=None)
        keys = list(attempts.values_list("pk", flat=True))
        for key in keys:
            nonce, digest = new_link()  # a link that nobody was ever sent
            PaymentAttempt.objects.filter(pk=key).update(
                link_nonce=nonce, link_digest=digest, pay_url="", back_to=""
            )
        audit.forget_reasons(subject_type=PaymentAttempt._meta.label, subject_ids=keys)
        orders = RefundOrder.objects.filter(payment__sale__client=card)
        audit.forget_reasons(
            subject_type=RefundOrder._meta.label,
            subject_ids=list(orders.values_list("pk", flat=True)),
        )
