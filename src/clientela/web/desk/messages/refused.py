"""Why an answer cannot be sent, or a thread cannot be somebody's: a sentence for each refusal."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from clientela.platform.refusal import Refusal
from clientela.web import refusals

SENTENCES: dict[str, Promise] = {
    "no-text-gateway": gettext_lazy(
        "No gateway for texts is connected. The owner connects one among the settings."
    ),
    "opted-out": gettext_lazy(
        "This number has stopped texts. They get them again by sending START to your number."
    ),
    "number-unusable": gettext_lazy("This number cannot get texts. Call, or write an email."),
    "text-empty": gettext_lazy("Write something first."),
    "card-not-here": gettext_lazy("This card is gone. Choose another one."),
}


def sentence_of(refusal: Refusal) -> str:
    """The sentence of a refusal in the reader's language."""
    known = SENTENCES.get(refusal.reason)
    return str(known) if known else refusals.of(refusal)
