"""Refusals of the conversations storey."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class CardNotHere(Refusal):
    """The card is another business's, or stands for nobody any more."""

    reason = "card-not-here"
