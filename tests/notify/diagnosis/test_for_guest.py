"""Who holds only a link reads about that appointment, and no address whole: whatever is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from tests.notify.diagnosis.healthy import HEALTHY, NOW, line
from tests.notify.diagnosis.test_checks import FAULTS

from clientela.notify.diagnosis.diagnose import examine
from clientela.notify.diagnosis.facts import Facts, Line
from clientela.notify.diagnosis.finding import Group, Reader
from clientela.notify.diagnosis.for_guest import mask
from clientela.notify.models import Reason, Trouble
from clientela.people.models import How
from clientela.rules.zone_choice import ZoneSource
from clientela.web.why.shown import said

pytestmark = pytest.mark.sqlite  # words and facts: no database answers differently


def words(facts: Facts, reader: Reader) -> Iterator[str]:
    """Everything that the page says."""
    for finding in examine(facts, reader=reader).findings:
        yield from said(finding, reader=reader, zone="Europe/Madrid")


def whole(facts: Facts) -> set[str]:
    """What must not be readable: addresses, their hosts, and numbers without their last two digits."""
    addresses = {facts.mailbox.address, facts.mailbox.used} - {""}
    hosts = {address.rpartition("@")[2] for address in addresses}
    numbers = {facts.phone.number, facts.phone.used, *facts.phone.others} - {""}
    return addresses | hosts | {number[3:-2] for number in numbers}


@pytest.mark.req("S4.28", "L7")
def test_no_address_and_no_number_is_said_whole_whatever_is_wrong() -> None:
    for name, (facts, _check) in FAULTS.items():
        page = "\n".join(words(facts, Reader.GUEST)).replace(" ", "")
        assert not [canary for canary in whole(facts) if canary in page], name
    page = "\n".join(words(HEALTHY, Reader.CLIENT)).replace(" ", "")
    assert whole(HEALTHY) & {canary for canary in whole(HEALTHY) if canary in page}


def test_the_first_check_to_fail_is_the_same_as_for_the_person_signed_in() -> None:
    for name, (known, check) in FAULTS.items():
        facts = replace(known, lines=(*known.lines, *_endings(known)))
        causes = [examine(facts, reader=reader).cause for reader in (Reader.CLIENT, Reader.GUEST)]
        found = {one.check if one else "" for one in causes}
        if check.startswith("push-") or facts.phone.others:
            # Devices hang on an account, other numbers on the card: neither is this appointment's.
            assert causes[1] is None or causes[1].check != check
        else:
            assert len(found) == 1, name


def test_what_is_known_of_an_address_from_other_occasions_is_not_told() -> None:
    stopped = replace(HEALTHY.phone, trouble=Trouble.STOPPED, since=NOW)
    facts = replace(HEALTHY, phone=stopped, lines=(line(),))
    assert _cause(facts, Reader.CLIENT) == "text-not-stopped"
    assert _cause(facts, Reader.GUEST) == ""
    said_here = replace(facts, lines=(line(Reason.OPTED_OUT, channel="sms"),))
    assert _cause(said_here, Reader.GUEST) == "text-not-stopped"


def test_when_they_agreed_how_and_whether_they_have_an_account_is_not_told() -> None:
    wishes = replace(
        HEALTHY.wishes,
        gate=Reason.NOT_ACTIVATED,
        consented_at=NOW,
        consented_how=How.STAFF,
    )
    both = [
        list(words(replace(HEALTHY, wishes=replace(wishes, has_account=one)), Reader.GUEST))
        for one in (True, False)
    ]
    assert both[0] == both[1]
    assert "noted by the staff" not in " ".join(both[0])
    assert "You have not chosen your messages yet" in both[0]


def test_whether_a_device_of_theirs_takes_notices_is_not_told() -> None:
    facts = replace(HEALTHY, lines=(line(Reason.NO_ADDRESS, channel="push"), line()))
    found = examine(facts, reader=Reader.GUEST)
    assert [one.channel for one in found.facts.lines] == ["email"]
    assert not [one for one in found.findings if one.group is Group.PUSH]


def test_the_zone_of_the_card_is_named_only_where_it_counts_for_the_appointment() -> None:
    zones = replace(HEALTHY.zones, profile="Asia/Tokyo", told_from=ZoneSource.LOCATION)
    assert "Tokyo" in " ".join(words(replace(HEALTHY, zones=zones), Reader.CLIENT))
    assert "Tokyo" not in " ".join(words(replace(HEALTHY, zones=zones), Reader.GUEST))
    counts = replace(zones, told_from=ZoneSource.PROFILE)
    assert "Tokyo" in " ".join(words(replace(HEALTHY, zones=counts), Reader.GUEST))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", ""),
        ("maria@gmail.com", "m…@g…"),
        ("ñandú@españa.example", "ñ…@e…"),
        ("+34600000012", "…12"),
    ],
)
def test_a_mask_tells_its_owner_which_it_is_and_nobody_else(address: str, shown: str) -> None:
    assert mask(address) == shown


def _endings(facts: Facts) -> list[Line]:
    """What the appointment's messages came to, for what is known of the addresses."""
    states = (("email", facts.mailbox.trouble), ("sms", facts.phone.trouble))
    return [line(Reason.OPTED_OUT, channel=channel) for channel, trouble in states if trouble]


def _cause(facts: Facts, reader: Reader) -> str:
    cause = examine(facts, reader=reader).cause
    return cause.check if cause else ""
