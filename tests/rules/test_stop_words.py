"""Which words end texts, which begin them again, and which a person has to read."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from clientela.rules.stop_words import Keyword, keyword_of


@pytest.mark.req("S4.12")
@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        *[(one, Keyword.STOP) for one in (
            "STOP", "stop", " Stop. ", "stop!!", "Stop 🛑", "\uff33\uff34\uff2f\uff30", "STOPALL", "Stop all", "UNSUBSCRIBE", "end", "QUIT",
            "BAJA", "¡Baja!", "Baja, por favor", "darme de baja", "alto", "PARAR", "no más", "STOP SMS",
            "FERMA", "per favore basta", "Disiscrivimi", "Sair", "stop please",
        )],
        *[(one, Keyword.START) for one in (
            "START", "start ", "Unstop", "ALTA", "alta por favor", "Iniciar", "AVVIA", "inizia!", "Riprendi",
        )],
        *[(one, Keyword.HELP) for one in ("HELP", "Ayuda", "aiuto?", "INFO", "ajuda")],
        *[(one, Keyword.CANCEL) for one in ("CANCEL", "cancelar", "Annulla", "disdici", "anula por favor")],
    ],
)  # fmt: skip
def test_the_words_in_every_language_however_they_are_typed(text: str, keyword: Keyword) -> None:
    assert keyword_of(text) is keyword


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "🛑", "...", "sí", "si", "yes", "no", "ok", "stop at the second floor, please",
        "don't stop", "start at ten?", "we end at 5", "altavista", "STOPPED", "baja la persiana", "cancel Tuesday",
        "por favor", "gracias", "help me find you", "STOP" + " " * 200 + "x", "stop" * 60, "\x00", "\u0441\u0442\u043e\u043f",
    ],
)  # fmt: skip
def test_anything_else_is_for_a_person_to_read(text: str) -> None:
    assert keyword_of(text) is None


@given(st.text(max_size=200))
def test_whatever_comes_in_is_answered(text: str) -> None:
    assert keyword_of(text) in {None, *Keyword}
