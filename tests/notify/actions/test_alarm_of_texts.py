"""Owners hear once a month that the money for texts is nearly used, and once that it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests import factories
from tests.factories import NOW
from tests.notify.texting import make_gateway

from clientela.business.models import Business, Role
from clientela.notify.account_letter import AccountLetter
from clientela.notify.actions.alarm_of_texts import alarm_of_texts
from clientela.notify.actions.send_account_mails import UNCOUNTED
from clientela.notify.actions.set_text_limits import set_text_limits
from clientela.notify.models import AccountMail, TextGateway, TextSpend
from clientela.notify.text_account import TextLimits
from clientela.platform import sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(business: Business) -> TextGateway:
    for email, role in (("olga@example.com", Role.OWNER), ("marta@example.com", Role.FRONT_DESK)):
        account = factories.make_account(email)
        account.language = "en"
        account.save()
        factories.make_member(business, account, role)
    return make_gateway(business, cap_minor=1000)


def spent(business: Business, minor: int, *, month: str = "2026-11") -> None:
    TextSpend.objects.update_or_create(
        business=business, month=month, defaults={"spent_minor": minor}
    )


def letters() -> list[AccountLetter]:
    rows = AccountMail.objects.order_by("created_at", "id")
    return [AccountLetter.from_plain(sealed.open_kept(row.parcel_id)) for row in rows]


@pytest.mark.req("ABU-02")
def test_the_owner_hears_at_four_fifths_and_at_the_end_once_each_and_nobody_else(
    business: Business, gateway: TextGateway
) -> None:
    spent(business, 799)
    assert alarm_of_texts(now=NOW) == 0
    spent(business, 800)
    assert [alarm_of_texts(now=NOW) for _ in range(3)] == [1, 0, 0]
    spent(business, 992)  # one more of 8 would just do
    assert alarm_of_texts(now=NOW) == 0
    spent(business, 1000)
    assert [alarm_of_texts(now=NOW + timedelta(hours=1)) for _ in range(2)] == [1, 0]
    near, full = letters()
    assert set(AccountMail.objects.values_list("address", "kind")) == {
        ("olga@example.com", "text-alarm")
    }
    assert near.subject == "Four fifths of the money for texts are used"
    assert "€10.00" in near.sentences[0]
    assert "€8.00" in near.sentences[0]
    assert full.subject == "The money for texts is used up for this month"
    assert full.link.endswith("/desk/fisio/settings/texts/")
    assert "text-alarm" in UNCOUNTED


def test_who_is_full_at_once_hears_only_that(business: Business, gateway: TextGateway) -> None:
    spent(business, 996)
    assert [alarm_of_texts(now=NOW) for _ in range(2)] == [1, 0]
    assert len(letters()) == 1


def test_a_higher_cap_takes_back_what_was_told_and_is_told_of_in_its_turn(
    business: Business, gateway: TextGateway
) -> None:
    spent(business, 1000)
    assert alarm_of_texts(now=NOW) == 1

    def raise_to(cap_minor: int) -> TextSpend:
        limits = TextLimits(price_minor=8, cap_minor=cap_minor, countries=["ES"])
        set_text_limits(business=business, limits=limits, by=factories.SYSTEM, now=NOW)
        return TextSpend.objects.get()

    near = raise_to(1200)
    assert (near.full_at, near.alarmed_at) == (None, NOW), "four fifths of it are used already"
    assert alarm_of_texts(now=NOW) == 0
    far = raise_to(5000)
    assert (far.full_at, far.alarmed_at, far.spent_minor) == (None, None, 1000)
    spent(business, 4000)
    assert alarm_of_texts(now=NOW) == 1
    spent(business, 5000)
    assert alarm_of_texts(now=NOW) == 1
    lowered = raise_to(4000)
    assert (lowered.full_at, lowered.alarmed_at) == (NOW, NOW), "what is so still is not told twice"


def test_another_month_is_another_alarm_and_a_past_one_is_none(
    business: Business, gateway: TextGateway
) -> None:
    spent(business, 900, month="2026-10")
    assert alarm_of_texts(now=NOW) == 0
    spent(business, 900)
    assert alarm_of_texts(now=NOW) == 1
    spent(business, 900, month="2026-12")
    assert alarm_of_texts(now=NOW + timedelta(days=10)) == 1


def test_who_sends_no_texts_any_more_is_not_alarmed(
    business: Business, gateway: TextGateway
) -> None:
    spent(business, 1000)
    TextGateway.objects.update(ended_at=NOW)
    assert alarm_of_texts(now=NOW) == 0
