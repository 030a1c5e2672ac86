"""A file with a wrong shape is refused whole, with every place and a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from tests.integrations.papers import example, text

from clientela.integrations.business_file import reading
from clientela.integrations.business_file.problems import BadFile
from clientela.integrations.business_file.reading import read_text


def refused(paper: str | bytes) -> list[str]:
    with pytest.raises(BadFile) as refusal:
        read_text(paper)
    assert refusal.value.reason == "bad-file"
    return str(refusal.value).splitlines()


def with_client(**words: Any) -> str:
    paper = example()
    paper["clients"][0] |= words
    return text(paper)


def test_every_mistake_of_shape_is_named_with_its_place() -> None:
    paper = example()
    del paper["business"]["name"]
    paper["business"]["colour"] = "red"
    paper["locations"][0]["zone"] = "Europe/Madird"
    paper["services"][0]["duration_minutes"] = 42
    paper["hours"][0]["week"]["mon"][0] = "14:00-09:00"
    paper["clients"][0]["contacts"][0] = {"email": "a@b.c", "phone": "1"}
    paper["appointments"][0]["starts"] = "2026-13-01T09:00"
    paper["appointments"][1]["at"] = "2026-11-26T16:30:00"
    paper["appointments"][2]["status"] = "booked"
    assert refused(text(paper)) == [
        "/business/name: is missing",
        "/business/colour: is not a word of this format",
        "/locations/0/zone: is not a time zone of the IANA list: 'Europe/Madird'",
        "/services/0/duration_minutes: must be a multiple of 5 minutes",
        "/hours/0/week/mon/0: must close after it opens; hours past midnight are two stretches",
        '/clients/0/contacts/0: needs either "email" or "phone"',
        "/appointments/0/starts: month must be in 1..12",
        '/appointments/1/at: must say its offset, such as "2026-11-24T16:30:00Z"',
        (
            "/appointments/2/status: must be one of 'held', 'requested', 'confirmed', 'attended', 'no_show',"
            " 'cancelled' or 'declined'"
        ),
    ]


@pytest.mark.parametrize(
    ("paper", "sentence"),
    [
        ("", "/: is not JSON: Expecting value, line 1 column 1"),
        ('{"clientela": 1,}', "/: is not JSON: Illegal trailing comma"),
        ("[" * 100_000, "/: is nested too deeply"),
        (b'{"clientela": "\xff"}', "/: is not JSON: the text is not UTF-8"),
        ('{"clients": [], "clients": []}', '/: one object says "clients" twice'),
        ("[]", "/: must be an object"),
        ('{"clientela": 3}', "/clientela: must be one of 1 or 2"),
    ],
)
def test_what_is_no_document_says_why(paper: str | bytes, sentence: str) -> None:
    first = refused(paper)[0]
    # Python 3.11 and 3.13 name a trailing comma differently.
    assert first.startswith((sentence, "/: is not JSON: Expecting property name"))


def test_a_file_beyond_the_limit_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_BYTES", 1024**2)
    assert refused(" " * (1024**2 + 1)) == ["/: is larger than 1 MB"]


@pytest.mark.parametrize(
    "name", ["", "x" * 201, "\u202e \x00", 5, None, ["Ana"], "\ud800"], ids=ascii
)
def test_a_name_that_cannot_be_kept_is_refused(name: object) -> None:
    assert refused(with_client(name=name)) != []


@pytest.mark.parametrize("key", ["Ana", "a b", "-a", "a" * 81, "../a", "a\n"])
def test_a_key_is_a_short_plain_word(key: str) -> None:
    assert refused(with_client(key=key))[0].startswith("/clients/0/key: ")


@pytest.mark.parametrize(
    "starts",
    [
        "2026-11-24",
        "2026-11-24T24:00",
        "2026-11-24T09:61",
        "2026-11-24T09:03",
        "2026-11-24T09:00Z",
        "2026-11-24T09:00 twice",
    ],
)
def test_a_wall_clock_time_has_one_spelling(starts: str) -> None:
    paper = example()
    paper["appointments"][0]["starts"] = starts
    assert [line.split(":")[0] for line in refused(text(paper))] == ["/appointments/0/starts"]


def test_numbers_are_whole_and_truth_is_no_number() -> None:
    paper = example()
    paper["services"][0]["price_minor"] = 48.5
    paper["services"][1]["capacity"] = True
    assert refused(text(paper)) == [
        "/services/0/price_minor: must be a whole number",
        "/services/1/capacity: must be a whole number",
    ]


def test_a_thousand_problems_are_counted_and_the_first_shown() -> None:
    paper = example()
    paper["clients"] = [{"key": f"k{number}"} for number in range(1000)]
    lines = refused(text(paper))
    assert (len(lines), lines[-1]) == (501, "… and 500 more")


def test_text_is_kept_as_every_form_keeps_it() -> None:
    typed = with_client(name=" Ana\x00  Prueba\u202e\nGarci\u0301a ", note="one\r\n two\u202e")
    card = read_text(typed).clients[0]
    assert (card.name, card.note) == ("Ana Prueba García", "one\n two")
