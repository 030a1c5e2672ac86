"""The records of our sending domains: asked once a day, remembered, and forgotten when they are too old."""

from __future__ import annotations

from datetime import timedelta

import dns.exception
import dns.resolver
import pytest

from clientela.notify import txt_records
from clientela.notify.actions.look_at_domains import look_at_domains
from clientela.notify.queries.sending_domains import Domain, sending_domains
from clientela.rules.sender_records import State

pytestmark = [pytest.mark.django_db, pytest.mark.req("L17"), pytest.mark.sqlite]
PASS, FAIL, UNKNOWN = State.PASS, State.FAIL, State.UNKNOWN
RECORDS = {
    "mail.example.org": ("v=spf1 mx -all",),
    "june._domainkey.mail.example.org": ("v=DKIM1; p=abc",),
    "_dmarc.mail.example.org": (),
    "_dmarc.example.org": ("v=DMARC1; p=quarantine",),
}


@pytest.fixture(autouse=True)
def _sender(settings) -> None:
    settings.MAIL_CHANNEL = "smtp"
    settings.DEFAULT_FROM_EMAIL = "Bookings <hello@Mail.Example.org>"
    settings.MAIL_DKIM_SELECTORS = ["june"]


def test_what_the_name_servers_say_is_remembered(now, django_assert_num_queries) -> None:
    look_at_domains(ask=RECORDS.get, now=now)

    with django_assert_num_queries(1):
        found = sending_domains(now=now + timedelta(days=2))
    assert found == [Domain("mail.example.org", PASS, PASS, PASS, now)]


def test_when_nobody_answers_the_last_word_stays_until_it_is_too_old(now) -> None:
    look_at_domains(ask=RECORDS.get, now=now)
    look_at_domains(ask=lambda _name: None, now=now + timedelta(days=1))

    assert sending_domains(now=now + timedelta(days=3))[0].spf is PASS
    assert sending_domains(now=now + timedelta(days=3, seconds=1)) == [Domain("mail.example.org")]


def test_a_record_that_went_away_is_told(now) -> None:
    look_at_domains(ask=RECORDS.get, now=now)
    look_at_domains(ask=lambda name: () if name != "_dmarc.example.org" else None, now=now)

    assert sending_domains(now=now) == [Domain("mail.example.org", FAIL, FAIL, UNKNOWN, now)]


def test_a_domain_that_nobody_looked_at_is_unknown_and_a_name_without_a_dot_is_none(
    now, settings
) -> None:
    assert sending_domains(now=now) == [Domain("mail.example.org")]
    settings.DEFAULT_FROM_EMAIL = "bookings@localhost"
    assert sending_domains(now=now) == []


def test_the_simulator_asks_nobody(now, settings) -> None:
    settings.MAIL_CHANNEL = "simulator"
    assert look_at_domains(ask=pytest.fail, now=now) == []


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (dns.resolver.NXDOMAIN(), ()),
        (dns.resolver.NoAnswer, ()),
        (dns.resolver.NoNameservers(), None),
        (dns.exception.Timeout(), None),
        (OSError("no network"), None),
    ],
)
def test_no_record_and_no_answer_are_told_apart(monkeypatch, error, expected) -> None:
    def fails(*_: object, **__: object) -> None:
        raise error if isinstance(error, BaseException) else error.__new__(error)

    monkeypatch.setattr(txt_records.dns.resolver, "resolve", fails)
    assert txt_records.text_records("example.org") == expected
