"""What the partials for the log-in pages need to know."""

from __future__ import annotations

from django import template
from django.template.context import Context

from clientela.web.security.factors import passkeys_are_offered
from clientela.web.security.other_proofs import Proof, other_proofs as proofs_beside
from clientela.web.security.providers.configured import Provider, configured

register = template.Library()


@register.simple_tag
def other_ways_in() -> list[Provider]:
    """The accounts elsewhere with which one may sign in here."""
    return configured()


@register.simple_tag
def offers_passkeys() -> bool:
    """Whether the installation takes passkeys."""
    return passkeys_are_offered()


@register.simple_tag(takes_context=True)
def other_proofs(context: Context) -> list[Proof]:
    """By what else the reader may prove that it is still them."""
    return proofs_beside(context["request"])
