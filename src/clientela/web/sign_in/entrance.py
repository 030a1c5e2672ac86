"""What every page of the door knows: where the person wants to go on to, and whose door it therefore is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode, urlsplit

from django.core.validators import slug_re
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme

from clientela.business.models import Business
from clientela.business.slugs import RESERVED
from clientela.web.brand import brand_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from clientela.web.design.shapes import Brand

NEXT: Final = "next"
_LONGEST: Final = 1500


def is_own_path(address: str) -> bool:
    """Whether an address is a path of this installation: never another site, nor a spelling of one."""
    return (
        address.startswith("/")
        and len(address) <= _LONGEST
        and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    )


def onward(request: HttpRequest) -> str:
    """Where the person wanted to go: a path of ours, or nothing."""
    wanted = request.POST.get(NEXT) or request.GET.get(NEXT) or ""
    return wanted if is_own_path(wanted) else ""


def with_next(address: str, path: str) -> str:
    """An address of ours with the way onward, if there is one."""
    return f"{address}?{urlencode({NEXT: path})}" if path else address


def onward_business(path: str) -> Business | None:
    """The business whose page or desk a path belongs to. Its name is public, as its booking page is."""
    parts = [part for part in urlsplit(path).path.split("/") if part]
    slug = next((part for part in parts[:2] if part != "desk"), "")
    if not slug_re.fullmatch(slug) or slug in RESERVED:
        return None
    return Business.objects.filter(slug=slug).first()


def entrance(request: HttpRequest) -> dict[str, object]:
    """The context of a page of the door: `onward` (and as a hidden `redirect_field`), and the `brand` of the business one comes from."""
    path = onward(request)
    business = onward_business(path)
    brand: Brand | None = brand_of(business) if business else None
    field = format_html('<input type="hidden" name="{}" value="{}">', NEXT, path) if path else ""
    return {"onward": path, "redirect_field": field, "brand": brand, "business": business}
