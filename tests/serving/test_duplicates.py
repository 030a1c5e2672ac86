"""A whole business compared from the console: progress, what was found, and nothing merged."""

from __future__ import annotations

import pytest
from tests.factories import make_client

from clientela.business.models import Business
from clientela.people.models import Client, Suggestion
from clientela.serving.duplicates import NoSuchBusiness, compare_told


@pytest.mark.usefixtures("scope")
def test_the_console_hears_how_far_it_is_and_what_was_found(business: Business) -> None:
    for name, email in (
        ("Francisco Zubizarreta", "fz@a.example"),
        ("Paco Zubizarreta", "fz@b.example"),
    ):
        make_client(business, name, email, phones=["+34 612 345 678"])
    said: list[str] = []
    compare_told(slug=business.slug, say=said.append)
    assert said[0] == "Comparing pairs: 1 of 1"
    assert said[-1].startswith("2 cards, 1 pairs compared: ")
    assert Suggestion.objects.count() == 1
    assert Client.objects.filter(merged_into__isnull=False).count() == 0


@pytest.mark.usefixtures("db")
def test_an_address_without_a_business_is_told() -> None:
    with pytest.raises(NoSuchBusiness):
        compare_told(slug="nowhere", say=print)
