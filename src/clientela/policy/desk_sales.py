"""Policy of the desk's sales: who sells, who takes money, and who may give it back.

A professional sells to their own clients and reaches the sales that are credited to them. Money is given back,
and a sale voided, by owner and front desk only. So is a credit of somebody else of the household used: a professional
reads of no household.
"""

from __future__ import annotations

from clientela.policy.rule import FRONT, ObjectRule, Rule, staff

_LOOK = staff(objects=ObjectRule.OF_ROLE)
_FORM = staff(objects=ObjectRule.OF_ROLE, post=True)
_ACT = staff(objects=ObjectRule.OF_ROLE, post_only=True)

ROUTES: dict[str, Rule] = {
    "desk:sales": _LOOK,
    "desk:sell": _FORM,
    "desk:sale": _LOOK,
    "desk:sale-pay": _FORM,
    "desk:sale-link": _ACT,
    "desk:sale-invoice": _FORM,
    "desk:invoice-file": _LOOK,
    "desk:sale-refund": staff(FRONT, post=True),
    "desk:sale-void": staff(FRONT, post=True),
    "desk:waive": _FORM,
    "desk:use-credit": staff(FRONT, post_only=True),
    "desk:return-credit": staff(FRONT, post_only=True),
    "desk:charge-fee": staff(FRONT, post=True),
}
