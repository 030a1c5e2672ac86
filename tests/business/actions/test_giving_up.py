"""A business is given up with a way back; what it offered to people by mail is forgotten with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings
from tests import factories
from tests.cast import Person
from tests.factories import NOW

from clientela.business.actions.close_business import close_business
from clientela.business.actions.forget_invited import forget_invited
from clientela.business.actions.invite_member import invite_member
from clientela.business.actions.mark_erased import mark_erased
from clientela.business.actions.reopen_business import reopen_business
from clientela.business.actions.update_business import update_business
from clientela.business.errors import BusinessGivenUp, GraceOver, NameDiffers
from clientela.business.events import BusinessClosed, BusinessErased, BusinessReopened
from clientela.business.models import Business, Invitation
from clientela.business.queries.sole_ownerships import owned_businesses, sole_ownerships
from clientela.platform import outbox
from clientela.platform.tenancy import system_scope


def close(business: Business, *, name: str = "") -> Business:
    return close_business(
        business=business, name_typed=name or business.name, by=factories.SYSTEM, now=NOW
    )


def told(kind: type[outbox.Event]) -> int:
    return outbox.OutboxEvent.objects.filter(name=kind.name).count()


@pytest.mark.req("S2.21")
def test_closing_needs_the_name_happens_once_and_is_told_once(business: Business) -> None:
    with pytest.raises(NameDiffers):
        close(business, name="Fisio Retir")
    assert told(BusinessClosed) == 0
    for _ in range(2):
        close(business, name="  fisio   RETIRO ")
    assert told(BusinessClosed) == 1
    assert (business.is_open, business.closed_at, business.erase_at) == (
        False,
        NOW,
        NOW + timedelta(days=30),
    )


@pytest.mark.req("S2.21")
@override_settings(ERASURE_GRACE=3)
def test_the_grace_is_a_setting(business: Business) -> None:
    assert close(business).erase_at == NOW + timedelta(days=3)


def test_reopening_undoes_it_until_the_last_moment_only(business: Business) -> None:
    def reopen(after: timedelta) -> Business:
        return reopen_business(business=business, by=factories.SYSTEM, now=NOW + after)

    assert reopen(timedelta()).closed_at is None
    assert told(BusinessReopened) == 0
    close(business)
    assert reopen(timedelta(days=30, microseconds=-1)).is_open
    assert told(BusinessReopened) == 1
    close(business)
    with pytest.raises(GraceOver):
        reopen(timedelta(days=30))


def test_the_page_of_a_closed_business_cannot_be_opened_by_the_way(business: Business) -> None:
    close(business)
    with pytest.raises(BusinessGivenUp):
        update_business(business=business, is_open=True, by=factories.SYSTEM, now=NOW)
    update_business(business=business, tagline="Thank you", by=factories.SYSTEM, now=NOW)


def test_it_counts_as_erased_once_and_never_before_its_day(business: Business) -> None:
    over = NOW + timedelta(days=30)
    close(business)
    for now in (NOW, over, over):
        mark_erased(business=business, by=factories.SYSTEM, now=now)
    business.refresh_from_db()
    assert business.erased_at == over
    assert told(BusinessErased) == 1


def test_who_alone_owns_a_living_business_is_known(
    business: Business, owner: Person, desk: Person
) -> None:
    with system_scope("a test asks about every business"):
        assert owned_businesses(account=owner.account) == [business.pk]
        assert sole_ownerships(account=owner.account) == [business]
        assert sole_ownerships(account=desk.account) == []
        close(business)
        assert sole_ownerships(account=owner.account) == []


def test_an_offer_is_forgotten_and_one_that_is_open_is_withdrawn(
    business: Business, owner: Person
) -> None:
    for email in ("luz@example.com", "other@example.com"):
        invite_member(
            business=business,
            email=email,
            name="Luz",
            role="front_desk",
            by=owner.actor,
            now=NOW,
        )
    forget_invited(emails=["luz@example.com"], now=NOW)
    rows = Invitation.objects.order_by("email").values_list("email", "name", "withdrawn_at")
    assert list(rows) == [("", "", NOW), ("other@example.com", "Luz", None)]
