"""Policy of the balance door: the signed-in person's own money, in every business."""

from __future__ import annotations

from clientela.policy.rule import Rule, own

ROUTES: dict[str, Rule] = {
    "balance:home": own(),
    "balance:business": own(),
    "balance:buy": own(post=True),
    "balance:sale": own(),
    "balance:pay-sale": own(post_only=True),
    "balance:pay-for-family": own(post_only=True),
    "balance:receipt": own(),
    "balance:invoice-file": own(),
    "balance:pay-appointment": own(post=True),
    "balance:use-credit": own(post_only=True),
    "balance:return-credit": own(post_only=True),
    "balance:remove-card": own(post_only=True),
}
