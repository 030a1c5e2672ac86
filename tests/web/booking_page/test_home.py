"""The first page of an installation."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import factories
from tests.web.checksum import checksum

from clientela.business.models import Business


def test_an_empty_installation_leads_to_its_set_up(visitor: Client, db: None) -> None:
    text = visitor.get("/").text
    assert "Welcome to Clientela" in text
    assert 'href="/setup/"' in text


def test_the_only_business_is_the_first_page(visitor: Client, business: Business) -> None:
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/fisio-retiro/")


def test_several_businesses_are_listed_each_in_its_colour(
    visitor: Client, business: Business, next_door: Business
) -> None:
    shut = factories.make_business("closed-one", name="Closed One")
    Business.objects.filter(pk=shut.pk).update(is_open=False)
    text = visitor.get("/").text
    assert text.index("Fisio Retiro") < text.index("Salon Next Door")
    assert "Closed One" not in text
    assert 'data-hue="190"' in text


@pytest.mark.parametrize("language", ["es", "it"])
def test_the_language_is_switched_by_a_form_and_kept(
    visitor: Client, business: Business, next_door: Business, language: str
) -> None:
    assert visitor.get("/language/").status_code == 405
    answer = visitor.post("/language/", {"language": language, "next": "/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert f'<html lang="{language}"' in visitor.get("/").text


def test_the_switch_leads_nowhere_else(visitor: Client, business: Business) -> None:
    answer = visitor.post("/language/", {"language": "es", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_who_asks_for_no_language_of_ours_is_answered_in_the_businesss(business: Business) -> None:
    assert '<html lang="es"' in Client(headers={"accept-language": "ja"}).get("/fisio-retiro/").text
    assert (
        '<html lang="it"'
        in Client(headers={"accept-language": "ja, it;q=0.5"}).get("/fisio-retiro/").text
    )


def test_looking_at_the_list_changes_nothing(
    visitor: Client, business: Business, next_door: Business
) -> None:
    before = checksum()
    visitor.get("/")
    assert checksum() == before
