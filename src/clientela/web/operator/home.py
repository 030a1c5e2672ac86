"""The operator's page: is this installation well, and what waits for a decision."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

from clientela.platform import clock
from clientela.support.queries.feedback import comments, helped
from clientela.web.help.articles import BY_NAME
from clientela.web.operator.frame import operator_page
from clientela.web.operator.health import health

COMMENTS: Final = 10


def home(request: HttpRequest) -> HttpResponse:
    """Findings, worst first; then what waits."""
    now = clock.now()
    return operator_page(
        request,
        "operator/home.html",
        place="health",
        health=health(now=now),
        helped=[(BY_NAME[one.article], one) for one in helped() if one.article in BY_NAME],
        comments=comments(most=COMMENTS),
        now=now,
    )
