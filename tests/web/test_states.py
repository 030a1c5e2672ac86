"""One table says what every state is called, to staff and to clients, in every language we ship."""

from __future__ import annotations

from itertools import product

import pytest
from django.utils.translation import override

from clientela.rules.lifecycle import Status
from clientela.rules.redemption_state import RedemptionState
from clientela.rules.sale_state import SaleState
from clientela.web.states import (
    REDEMPTION,
    SALES,
    TABLE,
    Audience,
    badge_of,
    credit_badge,
    sale_badge,
    words_of,
)

LANGUAGES = ("en", "es", "it")


def test_every_state_has_words_for_everybody() -> None:
    assert set(TABLE) == set(Status)
    assert set(REDEMPTION) == set(RedemptionState)
    assert set(SALES) == set(SaleState)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_state_is_printed_as_it_is_stored(language: str) -> None:
    stored = {one.value for every in (Status, RedemptionState, SaleState) for one in every}
    with override(language):
        said = {
            badge_of(status, audience=audience, redemption=redemption).text
            for status, redemption, audience in product(Status, RedemptionState, Audience)
        }
        said |= {
            sale_badge(state, audience=audience).text
            for state in SaleState
            for audience in Audience
        }
        of_credit = [
            credit_badge(state, audience=audience)
            for state in RedemptionState
            for audience in Audience
        ]
    said |= {badge.text for badge in of_credit if badge}
    assert not said & stored
    assert all(text.strip() for text in said)


@pytest.mark.parametrize("language", ["es", "it"])
def test_every_word_of_a_state_is_translated(language: str) -> None:
    def said() -> list[str]:
        rows = [*TABLE.values(), *SALES.values(), *(row for row in REDEMPTION.values() if row)]
        return [
            str(text)
            for row in rows
            for words in row.values()
            for text in (words.text, words.meaning, words.next)
            if text
        ]

    with override("en"):
        english = said()
    with override(language):
        translated = said()
    same = [one for one, other in zip(english, translated, strict=True) if one == other]
    assert same == [] or set(same) <= {"No-show"}


@pytest.mark.req("S1.16")
@pytest.mark.parametrize(
    ("language", "staff", "client"),
    [
        ("en", "Pending redemption", "Pending payment"),
        ("es", "Pendiente de canje", "Pendiente de pago"),
        ("it", "In attesa di riscatto", "In attesa di pagamento"),
    ],
)
def test_what_staff_call_pending_redemption_reads_pending_payment_to_the_client(
    language: str, staff: str, client: str
) -> None:
    with override(language):
        texts = [
            badge_of("confirmed", audience=audience, redemption="pending").text
            for audience in (Audience.STAFF, Audience.CLIENT)
        ]
    assert texts == [staff, client]


@pytest.mark.req("S1.11")
def test_to_staff_pending_payment_is_said_of_a_sale_only() -> None:
    with override("en"):
        of_appointments = {
            badge_of(status, audience=Audience.STAFF, redemption=redemption).text
            for status, redemption in product(Status, RedemptionState)
        }
        assert "Pending payment" not in of_appointments
        assert sale_badge("pending_payment", audience=Audience.STAFF).text == "Pending payment"


def test_coins_and_wallet_are_never_the_same_picture_to_staff() -> None:
    waiting = words_of("confirmed", audience=Audience.STAFF, redemption="pending")
    unpaid = SALES[SaleState.PENDING_PAYMENT][Audience.STAFF]
    assert (waiting.icon, unpaid.icon) == ("coins", "wallet")


def test_a_cancelled_appointment_is_cancelled_whatever_its_credit_did() -> None:
    with override("en"):
        assert {
            badge_of("cancelled", audience=audience, redemption=redemption).text
            for audience in Audience
            for redemption in RedemptionState
        } == {"Cancelled"}
