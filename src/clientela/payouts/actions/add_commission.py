"""Agree on a commission."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from clientela.business.models import Business, Professional
from clientela.catalogue.models import Service
from clientela.payouts.errors import CommissionRefused
from clientela.payouts.models import CommissionRule
from clientela.payouts.queries.drafts import settled_until
from clientela.platform.actor import Actor
from clientela.platform.audit import note
from clientela.platform.locking import lock
from clientela.rules.commission import WHOLE


def add_commission(
    *,
    business: Business,
    service: Service | None = None,
    professional: Professional | None = None,
    new_share: int | None,
    returning_share: int | None,
    valid_from: date,
    by: Actor,
    now: datetime,
) -> CommissionRule:
    """Give professionals these shares (basis points) of what is attended from ``valid_from`` on.

    For a service, a professional, both or all. It replaces what was agreed for the same; without shares the wider
    rule holds again. Statements that are closed stay as they are: a rule cannot begin on a day that one of them has
    settled. Refuses ``CommissionRefused``.
    """
    shares = (new_share, returning_share)
    given = [one for one in shares if one is not None]
    if len(given) == 1 or not all(0 <= one <= WHOLE for one in given):
        raise CommissionRefused(field="new_share")
    if not given and service is None and professional is None:
        raise CommissionRefused(field="new_share")
    for one in (service, professional):
        if one is not None and one.business_id != business.pk:
            raise CommissionRefused("other-business")
    with transaction.atomic():
        lock(keys=[f"commissions:{business.pk}"])
        settled = settled_until(
            business_id=business.pk, professional_id=professional.pk if professional else None
        )
        if settled is not None and valid_from <= settled:
            raise CommissionRefused("period-closed", field="valid_from", settled=settled)
        rule = CommissionRule.objects.create(
            business=business,
            number=CommissionRule.objects.filter(business=business).count() + 1,
            service=service,
            professional=professional,
            new_share=new_share,
            returning_share=returning_share,
            valid_from=valid_from,
            made_at=now,
            by_account_id=by.account_id,
        )
        note(
            action="commission-agreed",
            subject=rule,
            by=by,
            now=now,
            details={"new": new_share, "returning": returning_share, "from": valid_from},
        )
    return rule
