"""Refusals of the notify storey."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class NotAmbiguous(Refusal):
    """Only a message whose fate is unknown can be sent again or left by hand."""

    reason = "not-ambiguous"
