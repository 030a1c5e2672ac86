"""The gallery of the design system, for those who build pages."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from clientela.web.design.gallery import gallery


def design(request: HttpRequest) -> HttpResponse:
    """Every part in each of its states; only in a demo, a test or while debugging."""
    if not (settings.DEMO or settings.DEBUG or settings.TESTING):
        raise Http404
    return gallery(request)
