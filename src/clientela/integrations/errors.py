"""What an import or export may refuse."""

from __future__ import annotations

from clientela.integrations.business_file.problems import BadFile, Problem
from clientela.platform.refusal import Refusal

__all__ = ["BadFile", "BusinessUnknown", "Problem"]


class BusinessUnknown(Refusal):
    """No business of this installation has that slug."""

    reason = "business-unknown"
