"""How a form's field becomes a labelled control: label above, hint below, error beneath, tied together for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

FALSE_ATTRIBUTES = (False, None, "")


def kind_of(bound: BoundField) -> str:
    """Which drawing the field's widget asks for: `hidden`, `tick`, `tiles`, `ticks` or `input`."""
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "ticks"
    if isinstance(widget, forms.RadioSelect):
        return "tiles"
    return "tick" if isinstance(widget, forms.CheckboxInput) else "input"


def html_attributes(given: Mapping[str, Any]) -> dict[str, Any]:
    """Template arguments as HTML attributes: `data_zone` is `data-zone`; an empty one is left out."""
    return {
        name.replace("_", "-"): value
        for name, value in given.items()
        if value not in FALSE_ATTRIBUTES
    }


def described_by(bound: BoundField, *, hint: str, tip: str) -> str:
    """The ids of the sentences that explain the control: error first, then tip, then hint."""
    key = bound.id_for_label or bound.html_name
    ids = [(bound.errors, "error"), (tip, "tip"), (hint, "hint")]
    return " ".join(f"{key}-{suffix}" for sentence, suffix in ids if sentence)


def control(
    bound: BoundField, *, hint: str, tip: str, classes: str, attributes: Mapping[str, Any]
) -> str:
    """The control itself, with the attributes that tie it to its sentences."""
    attrs: dict[str, Any] = {**html_attributes(attributes)}
    own = bound.field.widget.attrs.get("class", "")
    if names := f"{own} {classes}".strip():
        attrs["class"] = names
    if described := described_by(bound, hint=hint, tip=tip):
        attrs["aria-describedby"] = described
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


def tiles(bound: BoundField, hints: Mapping[str, str]) -> list[dict[str, Any]]:
    """The options of a radio or checkbox group, each with its sentence."""
    return [
        {
            "id": option.id_for_label,
            "name": option.data["name"],
            "value": option.data["value"],
            "label": option.data["label"],
            "type": option.data["type"],
            "checked": option.data["selected"],
            "disabled": "disabled" in option.data["attrs"],
            "hint": hints.get(str(option.data["value"]), ""),
        }
        for option in bound.subwidgets
    ]


def error_links(form: forms.BaseForm) -> list[dict[str, str]]:
    """What is wrong, in the order of the form: each sentence and the field it links to (none for the whole form)."""
    links = [{"url": "", "label": "", "text": str(error)} for error in form.non_field_errors()]
    links += [
        {
            "url": f"#{bound.id_for_label or bound.html_name}",
            "label": str(bound.label),
            "text": str(error),
        }
        for bound in form
        for error in bound.errors
    ]
    return links
