"""Which passwords are refused: a table, after NIST SP 800-63B-4 (AUT-09)."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, strategies as st

from clientela.rules.password_rule import LONGEST, SHORTEST, Weakness, as_kept, weakness_of

COMMON = frozenset({"password", "letmein", "qwertyuiop", "dragon", "iloveyou"})
OWN = ["Nina Prueba", "nina.prueba@example.com", "clientela", "Fisio Retiro"]

pytestmark = pytest.mark.req("AUT-09")


@pytest.mark.parametrize(
    "password",
    [
        "four calm green otters",
        "correct horse battery staple",
        "quince letras y mas",
        "uno dos tres cuatro",
        "ñandú über café çà et là",
        "пятнадцать букв точно",
        "日本語の長い合言葉を覚えている人",
        "🦦🦔🐙🦉🐢🦋🐌🦀🐝🐞🐬🐳🦑🦐🐚",
        "x y z w q r s t u v",
        "nina likes seven blue herons",
        "x7#kQ2!mV9$pL4@",
        "a" * 40 + " b c d e f g h i j k l m n o p q r s t u v w x y z",
    ],
)
def test_what_is_long_and_not_on_any_list_is_taken(password: str) -> None:
    assert weakness_of(password=password, own_words=OWN, common=COMMON) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", Weakness.TOO_SHORT),
        ("fourteen signs", Weakness.TOO_SHORT),
        ("x" * 14, Weakness.TOO_SHORT),
        ("aaaaaaaaaaaaaaaaaaaa", Weakness.TOO_COMMON),
        ("abababababababab", Weakness.TOO_COMMON),
        ("123123123123123123", Weakness.TOO_COMMON),
        ("123456789012345678", Weakness.TOO_COMMON),
        ("abcdefghijklmnopq", Weakness.TOO_COMMON),
        ("zyxwvutsrqponmlkj", Weakness.TOO_COMMON),
        ("passwordpassword", Weakness.TOO_COMMON),
        ("PasswordPassword", Weakness.TOO_COMMON),
        ("password1234567!", Weakness.TOO_COMMON),
        ("!!!!dragon2026!!!!", Weakness.TOO_COMMON),
        ("iloveyouiloveyou", Weakness.TOO_COMMON),
        ("otter otter otter", Weakness.TOO_COMMON),
        ("password password", Weakness.TOO_COMMON),
        ("let me in! 1234567", Weakness.TOO_COMMON),
        ("clientelaclientela", Weakness.OWN_WORDS),
        ("Clientela-2026-!", Weakness.OWN_WORDS),
        ("nina.prueba@example.com", Weakness.OWN_WORDS),
        ("NinaPrueba123456", Weakness.OWN_WORDS),
        ("fisio retiro 2026", Weakness.OWN_WORDS),
        ("fisioretiro!!!!!", Weakness.OWN_WORDS),
    ],
)
def test_what_is_short_common_or_ones_own_is_refused(password: str, why: Weakness) -> None:
    own = [*OWN, *"nina.prueba@example.com".replace("@", ".").split(".")]
    assert weakness_of(password=password, own_words=own, common=COMMON) is why


def test_lengths_are_those_of_the_kept_spelling() -> None:
    accents = "e\u0301" * 14  # fourteen letters, each typed as two signs
    assert len(accents) == 28
    assert weakness_of(password=accents) is Weakness.TOO_SHORT
    song = "four calm green otters swim past seven brave blue herons " * 5
    longest = song[: LONGEST - 1] + "ü"
    assert weakness_of(password=longest) is None
    assert weakness_of(password=longest + "x") is Weakness.TOO_LONG
    assert LONGEST >= 64
    assert SHORTEST == 15


def test_two_keyboards_type_one_password() -> None:
    assert as_kept("cafe\u0301 ﬁne") == as_kept("café fine")


@given(st.text(min_size=0, max_size=300), st.lists(st.text(max_size=30), max_size=4))
def test_any_text_is_judged_and_the_judgement_is_that_of_its_kept_spelling(
    password: str, own_words: list[str]
) -> None:
    judged = weakness_of(password=password, own_words=own_words, common=COMMON)
    assert judged == weakness_of(password=as_kept(password), own_words=own_words, common=COMMON)


@given(st.text(alphabet=string.ascii_lowercase + " ", min_size=30, max_size=60))
def test_no_mixture_of_signs_is_ever_asked_for(password: str) -> None:
    """Figures, capitals and signs added to a refused password's inside do not buy anything; their lack costs nothing."""
    judged = weakness_of(password=password, common=frozenset())
    assert judged in {None, Weakness.TOO_COMMON}
