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


class NothingSaid(Refusal):
    """A line has words."""

    reason = "nothing-said"


class ThreadEmailInvalid(Refusal):
    """What was given as the address for answers is none."""

    reason = "email-invalid"


class SupportOnly(Refusal):
    """Only a support agent decides."""

    reason = "support-only"


class ClientMustConfirm(Refusal):
    """It waits for the client: nobody can say it for them."""

    reason = "client-must-confirm"


class RequestEnded(Refusal):
    """It has ended already."""

    reason = "request-ended"


class NotYourRequest(Refusal):
    """Somebody else asked."""

    reason = "not-your-request"
