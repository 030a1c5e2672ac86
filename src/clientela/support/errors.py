"""What support/ may refuse."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class ArticleUnknown(Refusal):
    """There is no such article."""

    reason = "article-unknown"


class ReasonMissing(Refusal):
    """Whoever was not helped says why: at least one reason of the list."""

    reason = "reason-missing"


class CaptchaMissing(Refusal):
    """The riddle was not solved, or too late, or its answer was used already."""

    reason = "captcha-missing"
