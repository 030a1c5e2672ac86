"""What a person has to look at is told to the owners, and to nobody else."""

from __future__ import annotations

import pytest
from django.conf import settings
from tests import factories
from tests.factories import NOW
from tests.notify.actions.market import mails, make_market

from clientela.business.models import Role
from clientela.notify.actions.mail_money_alarm import NEWS, REFUND, mail_money_alarm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", [NEWS, REFUND])
def test_each_owner_is_told_where_to_look(scope: None, what: str) -> None:
    business = make_market().business
    for name, role in (("olga", Role.OWNER), ("desk", Role.FRONT_DESK)):
        account = factories.make_account(f"{name}@example.org", name)
        factories.make_member(business, account, role)
    mail_money_alarm(business_id=business.pk, what=what, now=NOW)
    told = [(kind, address, words["link"]) for kind, address, words in mails()]
    assert told == [
        (
            "money-alarm",
            "olga@example.org",
            f"{settings.PUBLIC_URL}/desk/fisio-retiro/settings/payments/",
        )
    ]
