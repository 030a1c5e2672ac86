"""Invoice: a numbered document that never changes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class InvoiceKind(models.TextChoices):
    """An invoice, or the credit note that takes back some or all of one."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Invoice(TenantModel):
    """One document of a series; numbers run without a gap.

    ``facts`` is all that is printed, ``document`` the PDF as it was issued, ``digest`` its SHA-256 in hex.
    Amounts are minor units; a credit note's are what is taken back. Nothing in it ever changes, also not
    when the client's card is joined to another.
    """

    account_lookup: ClassVar = "sale__client__account"

    sale = models.ForeignKey("ledger.Sale", on_delete=models.PROTECT, related_name="invoices")
    kind = models.CharField(max_length=12, choices=InvoiceKind.choices)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    series = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    gross_minor = models.PositiveBigIntegerField()
    net_minor = models.PositiveBigIntegerField()
    tax_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    facts = models.JSONField()
    document = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        """Numbers once; one invoice of a sale."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["business", "series", "number"], name="invoice_number_once"
            ),
            models.UniqueConstraint(
                fields=["sale"], condition=Q(kind="invoice"), name="invoice_one_of_sale"
            ),
            models.CheckConstraint(
                condition=Q(gross_minor=models.F("net_minor") + models.F("tax_minor")),
                name="invoice_parts_are_whole",
            ),
        ]

    def __str__(self) -> str:
        """Its number."""
        return f"{self.series}-{self.number}"
