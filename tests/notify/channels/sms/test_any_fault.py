"""Texts through a carrier that does anything wrong, by workers that die anywhere: no phone shows one text twice."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from random import Random  # noqa: TID251 -- a seeded source of faults

import pytest
from tests.factories import NOW
from tests.notify.texting import make_gateway

from clientela.business.models import Business
from clientela.notify.actions.send_direct_text import send_direct_text
from clientela.notify.actions.send_direct_texts import LEASE, send_direct_texts
from clientela.notify.actions.tell_simulated_texts import tell_simulated_texts
from clientela.notify.channels.sms.simulator import TextFault
from clientela.notify.models import DirectText, SimulatedFault, SimulatedText, TextPurpose
from clientela.notify.text_budget import spent_in_month
from clientela.platform import failpoints

A_DAY = 60
DAYS = 167 if os.environ.get("CLIENTELA_PROVE") == "1" else 1
PLACES = ("notify.direct-text.begun", "notify.sms.answered", "notify.direct-text.handed-over")
# What each end allows the phone to have shown.
SHOWN = {
    "delivered": {1},
    "handed_over": {1},
    "unknown": {0, 1},
    "landline": {1},
    "carrier_filtered": {1},
    "provider_error": {0},
    "invalid_number": {0},
    "opted_out": {0},
}


def break_things(business: Business, chance: Random, *, first: int) -> None:
    """Queue as many texts as a day has, each with a fault or none, and work until nothing waits."""
    faults: list[str] = [*TextFault, "", "", "", ""]
    for at in range(first, first + A_DAY):
        number = f"+346{at:08d}"
        send_direct_text(
            business=business, number=number, body=f"x{at}", purpose=TextPurpose.TEST, now=NOW
        )
        fault = chance.choice(faults)
        if fault:
            SimulatedFault.objects.create(
                channel="sms", address=number, fault=fault, times=1, created_at=NOW
            )
    moment = NOW
    while DirectText.objects.filter(send_at__isnull=False).exists():
        if chance.random() < 0.5:
            failpoints.arm(f"{chance.choice(PLACES)}=raise@{chance.randint(1, 20)}")
        try:
            send_direct_texts(now=moment)
        except failpoints.FailpointError:
            moment += LEASE + timedelta(seconds=1)
        finally:
            failpoints.arm("")
        if chance.random() < 0.3:
            tell_simulated_texts(now=moment)
        moment += timedelta(seconds=chance.randint(0, 90))
    while tell_simulated_texts(now=moment + timedelta(hours=1)):
        pass


@pytest.mark.django_db
@pytest.mark.req("MSG-03", "MSG-04")
def test_whatever_goes_wrong_no_text_is_shown_twice_and_each_says_what_became_of_it(
    business: Business,
) -> None:
    chance = Random(20261123)  # noqa: S311 -- likewise
    make_gateway(business, cap_minor=8 * A_DAY * DAYS * 2)
    for day in range(DAYS):
        break_things(business, chance, first=day * A_DAY)
    shown = Counter(SimulatedText.objects.values_list("number", flat=True))
    assert max(shown.values()) == 1
    rows = list(DirectText.objects.all())
    assert [row.reason for row in rows if shown[row.number] not in SHOWN[row.reason]] == []
    # Nothing that left cost nothing, and what certainly did not leave cost nothing.
    assert spent_in_month(business_id=business.pk, now=NOW) == sum(row.cost_minor for row in rows)
    assert {row.reason for row in rows} == set(SHOWN)
