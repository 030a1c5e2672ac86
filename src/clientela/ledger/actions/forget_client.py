"""Take what was noted about a person off the books."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from clientela.ledger.models import Payment, Sale
from clientela.people.models import Client
from clientela.platform import audit


def forget_client(*, card: Client, now: datetime) -> None:  # noqa: ARG001 -- every eraser is told the moment
    """Empty what staff typed at payments and voided sales of the card; every sum, day and number stays.

    Invoices stay as they were issued, also those that name their buyer: the law asks that they are kept, and
    nothing in them ever changes.
    """
    sales = Sale.objects.filter(client=card)
    with transaction.atomic():
        Payment.objects.filter(sale__client=card).exclude(note="").update(note="")
        sales.exclude(voided_because="").update(voided_because="")
        keys = list(sales.values_list("pk", flat=True))
        audit.forget_reasons(subject_type=Sale._meta.label, subject_ids=keys)
