"""What the pages of the door draw that is another room's."""

from __future__ import annotations

from typing import Final

from django import template
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# Templates of the room that owns passkeys and other providers. Named only: rooms do not import each other.
_PARTS: Final = ("security/passkey_button.html", "security/social_buttons.html")


@register.simple_tag(takes_context=True)
def other_ways(context: Context) -> SafeString:
    """The buttons for passkeys and other providers; nothing for those that the installation does not have."""
    flat = context.flatten()
    drawn = [one.render(flat, request=context.get("request")) for one in _found()]
    return mark_safe("".join(drawn))  # noqa: S308 -- drawn by templates, which escape


def _found() -> list[template.backends.django.Template]:
    found = []
    for name in _PARTS:
        try:
            found.append(get_template(name))
        except TemplateDoesNotExist:
            continue
    return found
