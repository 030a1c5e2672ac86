"""What a phone reads before it puts a page on its home screen: name, colours, icons, where to begin."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext as _, override

from clientela.booking.queries.client_door import client_door
from clientela.business.models import Business, ClientLogin
from clientela.web.installable.colours import colours_of
from clientela.web.installable.picture import SIZES, mark_png
from clientela.web.visitor import business_of, language_of

KIND: Final = "application/manifest+json"
_A_DAY: Final = "public, max-age=86400"
_SHORT: Final = 12
"""So many letters fit below an icon."""


def business_manifest(request: HttpRequest, business: str) -> HttpResponse:
    """The booking page as an app: it begins there, in the business's language, name and colour."""
    return _answer(manifest_of(business_of(request)))


def client_manifest(request: HttpRequest) -> HttpResponse:
    """A person's own pages as an app: it begins with their appointments."""
    answer = _answer(manifest_of(None))
    answer["Cache-Control"] = "private, max-age=86400"  # it speaks the reader's language
    return answer


def business_icon(request: HttpRequest, business: str, size: int) -> HttpResponse:
    """The mark in the business's colour."""
    return _icon(business_of(request), size)


def client_icon(request: HttpRequest, size: int) -> HttpResponse:
    """The mark in Clientela's own colour."""
    return _icon(None, size)


def manifest_of(business: Business | None) -> dict[str, Any]:
    """The members of the manifest. Both may open every page: who books goes on to their own appointments."""
    colours = colours_of(business)
    home = reverse("client:home")
    start = reverse("booking_page:business", args=[business.slug]) if business else home
    with override(language_of(business) if business else get_language()):
        own = _("My appointments")
        name = business.name if business else own
        has_own = business is not None and client_door(business).login is not ClientLogin.OFF
        return {
            "id": start,
            "name": name,
            "short_name": name if len(name) <= _SHORT else name.split()[0][:_SHORT],
            "description": business.tagline if business else "",
            "lang": get_language(),
            "start_url": start,
            "scope": "/",
            "display": "standalone",
            "theme_color": colours.solid,
            "background_color": colours.paper,
            "icons": [
                {"src": icon_path(business, size), "sizes": f"{size}x{size}", "type": "image/png"}
                | {"purpose": purpose}
                for size in SIZES
                for purpose in ("any", "maskable")
            ],
            "shortcuts": [{"name": own, "url": home}] if has_own else [],
        }


def manifest_path(business: Business | None) -> str:
    """The address of the manifest."""
    if business is None:
        return reverse("installable:client-manifest")
    return reverse("installable:business-manifest", args=[business.slug])


def icon_path(business: Business | None, size: int) -> str:
    """The address of an icon."""
    if business is None:
        return reverse("installable:client-icon", args=[size])
    return reverse("installable:business-icon", args=[business.slug, size])


def _icon(business: Business | None, size: int) -> HttpResponse:
    if size not in SIZES:
        raise Http404
    picture = mark_png(size=size, ground=colours_of(business).solid)
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = _A_DAY
    return answer


def _answer(members: dict[str, Any]) -> HttpResponse:
    answer = JsonResponse(members, content_type=KIND)
    answer["Cache-Control"] = _A_DAY
    return answer
