"""PaymentAttempt: one try to pay online, from the press of the button to its end."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clientela.business.models import TenantModel


class Purpose(models.TextChoices):
    """What is paid. Of a card that is kept nothing is paid yet."""

    SALE = "sale"
    PACKAGE = "package"
    SINGLE = "single"
    FEE = "fee"
    CARD = "card"


class AttemptState(models.TextChoices):
    """Where it stands. ``returned`` means: paid too late or twice, and given back by itself."""

    NEW = "new"
    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    RETURNED = "returned"


class PaymentAttempt(TenantModel):
    """``amount_minor`` of ``currency`` asked of a client by a provider's hosted page.

    The row stands before the provider is called, and ``id`` is the key that makes a repeated call the same
    call. ``price_minor`` is the whole price where the amount is a deposit. ``appointment`` is what is
    held meanwhile, or what the payment is for. The link of the return page is kept hashed. Where a card is
    kept with it, ``fee_minor`` is the no-show fee agreed to and ``consent_text`` names the words.
    """

    account_lookup: ClassVar = "client__account"

    provider_account = models.ForeignKey(
        "checkout.ProviderAccount", on_delete=models.PROTECT, related_name="attempts"
    )
    client = models.ForeignKey("people.Client", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    sale = models.ForeignKey(
        "ledger.Sale", on_delete=models.PROTECT, null=True, blank=True, related_name="attempts"
    )
    package = models.ForeignKey(
        "catalogue.Package", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        "catalogue.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    appointment = models.ForeignKey(
        "booking.Appointment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attempts",
    )
    amount_minor = models.PositiveBigIntegerField()
    price_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    fee_minor = models.PositiveBigIntegerField(default=0)
    consent_text = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.NEW)
    reason = models.CharField(max_length=40, blank=True)
    provider_ref = models.CharField(max_length=255, blank=True)
    payment_ref = models.CharField(max_length=255, blank=True)
    pay_url = models.CharField(max_length=1000, blank=True)
    link_nonce = models.CharField(max_length=32)
    link_digest = models.CharField(max_length=64, unique=True)
    back_to = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    look_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A provider's page belongs to one attempt; what the reconcile job looks at."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider_account", "provider_ref"],
                condition=~Q(provider_ref=""),
                name="attempt_provider_ref_once",
            ),
            models.CheckConstraint(
                condition=Q(consent_text="") | Q(fee_minor__gt=0),
                name="attempt_consent_names_fee",
            ),
            models.CheckConstraint(
                condition=Q(purpose="card") | Q(amount_minor__gt=0), name="attempt_of_something"
            ),
        ]
        indexes: ClassVar = [
            # What is already being paid for: one page for one thing.
            models.Index(fields=["client", "state"], name="attempt_by_client"),
            # What the reconcile job looks at next.
            models.Index(
                fields=["look_at"],
                condition=Q(look_at__isnull=False),
                name="attempt_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        """Without whose."""
        return f"attempt {self.pk}"
