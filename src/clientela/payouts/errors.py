"""What payouts/ may refuse, in the words that page, audit and test share."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class CommissionRefused(Refusal):
    """A commission rule cannot be made like that.

    ``share-unsuitable`` (not between nothing and the whole, or only one of the two), ``period-closed`` (it would
    begin on a day that a closed statement has settled), ``other-business``.
    """

    reason = "share-unsuitable"


class ClosingRefused(Refusal):
    """A statement cannot be closed.

    ``period-not-over``, ``already-closed`` (up to a later day), ``nothing-earned``, ``commission-missing`` (for some
    visit nothing was agreed), ``statement-changed`` (since the page was read).
    """

    reason = "nothing-earned"
