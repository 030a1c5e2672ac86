"""What the pages of the door draw that is another room's."""

from __future__ import annotations

from typing import Final

from django import template
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
# Templates of the room that owns passkeys and other providers. Named only: rooms do not import each other.
_PARTS: Final = {
    "passkeys": "security/passkey_button.html",
    "providers": "security/social_buttons.html",
}


@register.simple_tag(takes_context=True)
def other_ways(context: Context, which: str) -> SafeString:
    """The buttons for `passkeys` or for other `providers`; nothing for what the installation does not have."""
    try:
        found = get_template(_PARTS[which])
    except TemplateDoesNotExist:
        return SafeString("")
    facts = {str(name): value for name, value in context.flatten().items()}
    return mark_safe(found.render(facts, request=context.get("request")))  # noqa: S308 -- drawn by templates, which escape
