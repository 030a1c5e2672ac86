"""Tables of support."""

from clientela.support.models.help_feedback import HelpFeedback, WhyNot
from clientela.support.models.request import AskedAs, Request, RequestKind, RequestState
from clientela.support.models.thread import Line, Side, Thread

__all__ = [
    "AskedAs",
    "HelpFeedback",
    "Line",
    "Request",
    "RequestKind",
    "RequestState",
    "Side",
    "Thread",
    "WhyNot",
]
