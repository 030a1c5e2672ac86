"""What the database itself refuses in checkout: what was asked of a client does not change afterwards."""

from __future__ import annotations

from clientela.platform.guard_forms import frozen
from clientela.platform.guards import register

register(
    frozen(
        "checkout_paymentattempt",
        "purpose",
        "sale_id",
        "package_id",
        "service_id",
        "appointment_id",
        "amount_minor",
        "price_minor",
        "currency",
        "fee_minor",
        "consent_text",
    )
)
register(frozen("checkout_refundorder", "payment_id", "amount_minor"))
register(frozen("checkout_providerevent", "provider_account_id", "event_id", "kind"))
register(frozen("checkout_keptcard", "fee_minor", "currency", "text_version", "agreed_at"))
