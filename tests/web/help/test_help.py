"""The help: five articles in three languages, who wrote them and when, and whether they helped."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.platform.test_captcha import proof

from clientela.platform import clock
from clientela.platform.captcha import new_riddle
from clientela.support.models import HelpFeedback
from clientela.web.help.articles import ARTICLES, LANGUAGES, Article

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
PAGE = "/help/messages-missing/"


def reader(language: str = "en") -> Client:
    return Client(headers={"accept-language": language})


@pytest.mark.req("S0.24")
@pytest.mark.parametrize("article", ARTICLES, ids=lambda one: one.name)
def test_every_article_is_there_in_every_language_and_its_links_lead_somewhere(
    article: Article,
) -> None:
    bodies = set()
    for language in LANGUAGES:
        page = reader(language).get(f"/help/{article.name}/")
        assert page.status_code == 200
        body = re.search(r"<article.*?</article>", page.text, re.DOTALL)
        assert body is not None
        bodies.add(body[0])
        assert f'datetime="{article.updated_on:%Y-%m-%d}"' in body[0]
        assert "Clientela" in body[0]
        for link in re.findall(r'href="(/[^"#]*)"', body[0]):
            assert reader().get(link).status_code in {200, 302}, link
    assert len(bodies) == len(LANGUAGES)


@pytest.mark.req("S0.24")
@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Was your question answered?"),
        ("es", "¿Ha quedado contestada tu pregunta?"),
        ("it", "Hai trovato la risposta alla tua domanda?"),
    ],
)
def test_each_asks_whether_the_question_was_answered(language: str, question: str) -> None:
    assert question in reader(language).get(PAGE).text


@pytest.mark.req("S2.23")
def test_what_is_said_is_kept_once_the_riddle_is_solved() -> None:
    given = {"answered": "no", "reasons": ["unclear", "other"], "comment": "Too short"}
    answer = proof(new_riddle(now=clock.now()))
    done = reader().post(PAGE, {**given, "captcha": answer}, follow=True)
    assert "Thank you, that helps." in done.text
    kept = HelpFeedback.objects.get()
    assert (kept.article, kept.reasons, kept.comment) == (
        "messages-missing",
        ["other", "unclear"],
        "Too short",
    )
    again = reader().post(PAGE, {**given, "captcha": answer})
    assert again.status_code == 422


@pytest.mark.req("S2.23")
@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"answered": "no", "comment": "Keep me"}, "Choose at least one reason."),
        ({"answered": "yes", "comment": "Keep me"}, "We could not see that you are a person."),
        ({"comment": "Keep me"}, "Say yes or no."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    given: dict[str, str], complaint: str
) -> None:
    page = reader().post(PAGE, given)
    assert page.status_code == 422
    assert complaint in page.text
    assert "Keep me" in page.text
    assert not HelpFeedback.objects.exists()


def test_without_a_script_the_day_is_picked_from_three_words() -> None:
    client = reader("es")
    page = client.get(PAGE)
    words = re.findall(r'name="word" value="(\d)"><span>([^<]+)<', page.text)
    choice = re.search(r'name="choice" value="([^"]+)"', page.text)
    days = {"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"}
    assert choice is not None
    (place,) = [place for place, word in words if word in days]
    given = {"answered": "yes", "choice": choice[1], "word": place}
    assert client.post(PAGE, given).status_code == 302


def test_an_unknown_article_is_not_found() -> None:
    assert reader().get("/help/nothing-of-the-kind/").status_code == 404
