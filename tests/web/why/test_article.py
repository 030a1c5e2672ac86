"""What the article of the requirements tells staff to try is said at the check it belongs to, to both readers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.notify.diagnosis.healthy import HEALTHY
from tests.notify.diagnosis.test_checks import FAULTS

from clientela.notify.diagnosis.diagnose import examine
from clientela.notify.diagnosis.facts import Facts
from clientela.notify.diagnosis.finding import Fix, Reader, Verdict
from clientela.notify.models import Recipient, Rule
from clientela.notify.queries.plan import STANDARD
from clientela.web.why.shown import said

pytestmark = pytest.mark.sqlite  # words and facts: no database answers differently


def answer(facts: Facts, check: str, reader: Reader) -> tuple[Verdict, str]:
    found = next(one for one in examine(facts, reader=reader).findings if one.check == check)
    return found.verdict, " ".join(said(found, reader=reader, zone="Europe/Madrid"))


@pytest.mark.req("S4.1")
def test_notifications_confirmations_and_reminders_are_planned_and_each_is_asked_about() -> None:
    planned = {one.rule for one in STANDARD if one.recipient is Recipient.CLIENT and one.is_on}
    assert {Rule.CONFIRMATION, Rule.REMINDER, Rule.CHANGE, Rule.CANCELLATION} <= planned
    found = examine(FAULTS["switched off"][0], reader=Reader.STAFF)
    assert found.cause is not None
    assert found.cause.check == "rule-on"


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.req("S4.3")
def test_what_was_handed_over_may_lie_in_another_folder_which_only_the_reader_sees(
    reader: Reader,
) -> None:
    verdict, words = answer(HEALTHY, "email-folders", reader)
    assert verdict is Verdict.UNKNOWN
    assert all(folder in words for folder in ("spam", "junk", "promotions", "other folders"))


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.req("S4.4")
def test_the_safe_list_names_the_domains_that_this_installation_sends_from(reader: Reader) -> None:
    domains = tuple(replace(HEALTHY.domains[0], name=name) for name in ("a.example", "b.example"))
    found = examine(replace(HEALTHY, domains=domains), reader=reader)
    check = next(one for one in found.findings if one.check == "email-domains")
    assert check.answer.facts["domains"] == ("a.example", "b.example")
    assert "safe list" in " ".join(said(check, reader=reader, zone="Europe/Madrid"))


@pytest.mark.parametrize("reader", [Reader.STAFF, Reader.CLIENT])
@pytest.mark.req("S4.5")
def test_a_private_mailbox_may_need_its_host(reader: Reader) -> None:
    mailbox = replace(HEALTHY.mailbox, address="ana@office.example", used="ana@office.example")
    verdict, words = answer(replace(HEALTHY, mailbox=mailbox), "email-host", reader)
    assert verdict is Verdict.UNKNOWN
    assert "office.example may keep email back" in words
    assert "whoever looks after it" in words


@pytest.mark.parametrize("reader", [Reader.STAFF, Reader.CLIENT])
@pytest.mark.req("S4.8")
def test_a_mistyped_number_is_shown_beside_the_profiles(reader: Reader) -> None:
    verdict, words = answer(FAULTS["a digit mistyped"][0], "number-typed-right", reader)
    assert verdict is Verdict.FAIL
    assert "Booking: +34 600 00 00 13 · profile: +34 600 00 00 12" in words


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.req("S4.10")
def test_what_the_carrier_filters_only_the_carrier_lets_through(reader: Reader) -> None:
    facts = FAULTS["filtered by the carrier"][0]
    verdict, words = answer(facts, "text-not-filtered", reader)
    assert verdict is Verdict.FAIL
    assert "ask it to let our number through" in words.replace("Ask", "ask")
    found = examine(facts, reader=reader)
    assert found.cause is not None
    assert Fix.ASK_CARRIER in found.cause.fixes
