"""A forgotten password is taken down sealed, whoever's address it is."""

from __future__ import annotations

import pytest
from tests import factories
from tests.factories import NOW

from clientela.accounts.actions.ask_reset import ask_reset
from clientela.accounts.events import ResetAsked
from clientela.platform import sealed
from clientela.platform.models import OutboxEvent
from clientela.platform.outbox import read

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_known", [True, False])
def test_the_address_waits_sealed_and_nobody_looks_whose_it_is(
    is_known: bool, django_assert_num_queries: object
) -> None:
    if is_known:
        factories.make_account("nina@example.com", "Nina")
    with django_assert_num_queries(4):  # type: ignore[operator]  # pytest-django's fixture
        ask_reset(email="nina@example.com", language="it", now=NOW)
    event = read(OutboxEvent.objects.get())
    assert isinstance(event, ResetAsked)
    assert sealed.open_kept(event.parcel_id) == {"email": "nina@example.com", "language": "it"}
