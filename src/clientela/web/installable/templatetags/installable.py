"""What a page says of itself so that it can be installed: `{% load installable %}{% install_links %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch

from clientela.business.models import Business
from clientela.web.installable.colours import colours_of
from clientela.web.installable.manifest import icon_path, manifest_path
from clientela.web.installable.person import person_word

register = template.Library()
_SMALL = 192


@register.inclusion_tag("installable/links.html", takes_context=True)
def install_links(context: Context, business: Business | None = None) -> dict[str, Any]:
    """The manifest, the home screen's icon and colour, and the script that keeps the offline list.

    For a business's public pages it is the business of the address, unless one is given; elsewhere the
    person's own pages are what is installed. Nothing where no address of the installation answers: the
    frames of the design system stand below every address.
    """
    request = context.get("request")
    house = business or getattr(request, "business", None)
    try:
        manifest = manifest_path(house)
    except NoReverseMatch:
        return {}
    return {
        "manifest": manifest,
        "icon": icon_path(house, _SMALL),
        "name": house.name if house else "",
        "colours": colours_of(house),
        "scope": f"/{house.slug}/" if house else "/client/",
        "person": person_word(request) if request else "",
    }
