"""The words by which a person ends or takes up texts: the whole text is the word, in any of our languages.

Only what means the texts themselves counts. A lone *cancel* may mean the appointment: nothing is done but to show
it to the staff, and a gateway that took it for an opt-out says so itself. *Yes* answers a question and begins nothing.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final

_LONGEST: Final = 160


class Keyword(StrEnum):
    """What a word asks for. ``CANCEL`` is ambiguous, and for people to answer."""

    STOP = "stop"
    START = "start"
    HELP = "help"
    CANCEL = "cancel"


_WORDS: Final = {
    Keyword.STOP: (
        "stop", "stopall", "stop all", "unsubscribe", "end", "quit", "revoke", "optout", "opt out",
        "baja", "darme de baja", "dar de baja", "dame de baja", "alto", "parar", "basta", "no mas",
        "ferma", "fermare", "fermati", "disiscrivi", "disiscrivimi", "disattiva",
        "sair", "parar tudo",
    ),
    Keyword.START: (
        "start", "unstop", "subscribe", "resume",
        "alta", "darme de alta", "dame de alta", "iniciar", "inicio", "reanudar",
        "avvia", "inizia", "attiva", "riprendi", "riattiva",
        "retomar",
    ),
    Keyword.HELP: ("help", "info", "ayuda", "aiuto", "ajuda"),
    Keyword.CANCEL: (
        "cancel", "cancelar", "cancela", "cancelo", "anular", "anula", "cancella", "cancellare",
        "annulla", "annullare", "disdici", "disdire", "disdetta",
    ),
}  # fmt: skip
_MEANING: Final = {word: keyword for keyword, words in _WORDS.items() for word in words}
# What politeness puts around the word.
_AROUND: Final = re.compile(
    r"\b(por favor|per favore|per piacere|please|pls|thank you|thanks|gracias|grazie|obrigado|sms)\b"
)
_NOT_LETTERS: Final = re.compile(r"[^a-z]+")


def keyword_of(text: str) -> Keyword | None:
    """Return what the text asks for if it is one of the words and nothing else; ``None`` for anything a person should read.

    Capitals, accents, punctuation, emoji and politeness around the word do not matter.
    """
    if len(text) > _LONGEST:
        return None
    plain = "".join(
        one
        for one in unicodedata.normalize("NFKD", text).casefold()
        if not unicodedata.combining(one)
    )
    words = _NOT_LETTERS.sub(" ", plain).strip()
    if not words:
        return None
    return _MEANING.get(words) or _MEANING.get(
        _NOT_LETTERS.sub(" ", _AROUND.sub(" ", words)).strip()
    )
