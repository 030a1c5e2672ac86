"""Refusals of the notify storey."""

from __future__ import annotations

from clientela.platform.refusal import Refusal


class NotAmbiguous(Refusal):
    """Only a message whose fate is unknown can be sent again or left by hand."""

    reason = "not-ambiguous"


class WordsRefused(Refusal):
    """A business's own words hold what no message can say; ``field`` and ``name`` say where and what."""

    reason = "placeholder-broken"


class PlanRefused(Refusal):
    """A plan of messages cannot be as asked: the reason says why, the facts which line."""

    reason = "rule-unknown"


class WorkerDead(Refusal):
    """What is to go out later needs a worker that is awake, and none has been heard of lately (L17)."""

    reason = "worker-dead"


class GatewayRefused(Refusal):
    """An account with a text gateway cannot be kept as given; ``field`` names the value to blame."""

    reason = "gateway-refused"


class NotResendable(Refusal):
    """Only a message that failed, was held back, or left already can be sent again by hand.

    What still waits will leave by itself, and what was overtaken would tell what is no longer so.
    """

    reason = "not-resendable"


class PushDeviceRefused(Refusal):
    """A browser said yes to pushes in a way that cannot be used: the reason says what is wrong with it."""

    reason = "push-service-unknown"


class PushNotReady(Refusal):
    """The pair of keys for pushes is not made yet: the worker makes it when it first runs."""

    reason = "push-not-ready"


class NoTextGateway(Refusal):
    """The business sends no texts: it has no account with a gateway."""

    reason = "no-text-gateway"


class NumberStopped(Refusal):
    """Whoever has the number ended texts from this business; only they, or a person who was told so, open it again."""

    reason = "opted-out"


class NumberUnusable(Refusal):
    """No text arrives at such a number: a landline, a premium line, or nobody's. The fact ``kind`` says which."""

    reason = "number-unusable"


class TextEmpty(Refusal):
    """There is nothing to send."""

    reason = "text-empty"


class TrialRefused(Refusal):
    """A test could not be sent; the fact ``why`` is the reason that a message would have had."""

    reason = "trial-refused"


class FaultUnknown(Refusal):
    """Not a fault that a simulator can make; ``field`` names the input to blame."""

    reason = "fault-unknown"
