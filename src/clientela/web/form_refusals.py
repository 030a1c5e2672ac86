"""A refusal beside the field it blames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clientela.web import office_refusals

if TYPE_CHECKING:
    from django import forms

    from clientela.platform.refusal import Refusal


def put_refusal(form: forms.Form, refusal: Refusal) -> None:
    """Add what an action refused to the form: to the field it names, else on top. Nothing typed is lost."""
    sentences = refusal.facts.get("sentences")
    words = (
        list(sentences) if isinstance(sentences, list) else [office_refusals.sentence_of(refusal)]
    )
    field = refusal.field if refusal.field in form.fields else None
    for sentence in words:
        form.add_error(field, sentence)
