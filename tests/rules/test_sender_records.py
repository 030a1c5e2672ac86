"""Public records of a sending domain, as receivers read them."""

from __future__ import annotations

import pytest

from clientela.rules.sender_records import State, dkim_state, dmarc_names, dmarc_state, spf_state

PASS, FAIL, UNKNOWN = State.PASS, State.FAIL, State.UNKNOWN


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (None, UNKNOWN),
        ((), FAIL),
        (("google-site-verification=x",), FAIL),
        (("v=spf1 include:mail.example.net -all", "other"), PASS),
        (("V=SPF1 a mx ~all",), PASS),
        (("v=spf1",), PASS),
        (("v=spf10 -all",), FAIL),
        (("v=spf1 -all", "v=spf1 a -all"), FAIL),
        (("v=spf1 +all",), FAIL),
        (("v=spf1 a all",), FAIL),
    ],
)
def test_spf_is_exactly_one_record_that_does_not_let_everybody_send(texts, expected) -> None:
    assert spf_state(texts) is expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], UNKNOWN),
        ([None], UNKNOWN),
        ([()], FAIL),
        ([("v=DKIM1; k=rsa; p=MIGf",)], PASS),
        ([("k=ed25519;p=abc",)], PASS),
        ([("v=DKIM1; p=",)], FAIL),
        ([("v=DKIM2; p=abc",)], FAIL),
        ([(), ("p=abc",)], PASS),
        ([(), None], UNKNOWN),
    ],
)
def test_dkim_is_a_key_under_one_of_the_selectors(answers, expected) -> None:
    assert dkim_state(answers) is expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (None, UNKNOWN),
        ((), FAIL),
        (("v=DMARC1; p=none; rua=mailto:a@example.org",), PASS),
        (("v=dmarc1;p=Reject",), PASS),
        (("v=DMARC1; sp=reject",), FAIL),
        (("v=DMARC1; p=maybe",), FAIL),
        (("v=DMARC1; p=none", "v=DMARC1; p=none"), FAIL),
    ],
)
def test_dmarc_is_exactly_one_record_with_a_policy(texts, expected) -> None:
    assert dmarc_state(texts) is expected


def test_dmarc_is_looked_for_upwards_but_never_at_a_top_level() -> None:
    assert dmarc_names("mail.example.org") == ("_dmarc.mail.example.org", "_dmarc.example.org")
    assert dmarc_names("example.org") == ("_dmarc.example.org",)
    assert dmarc_names("localhost") == ("_dmarc.localhost",)
