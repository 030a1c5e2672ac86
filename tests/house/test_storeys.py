"""Arrows point down only: imports, and the foreign keys that an import checker cannot see."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from tests.house.storeys import COMPOSITION, ROOT, SOURCE, STOREYS, storey_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def upward_keys(every: Iterable[type[models.Model]]) -> Iterator[str]:
    """Yield each foreign key of ours that points to a higher storey, or sideways to a neighbour."""
    for model in every:
        mine = storey_of(model.__module__)
        if mine is None:
            continue
        for field in model._meta.get_fields():
            if (
                not field.is_relation
                or field.auto_created
                or not isinstance(field.related_model, type)
            ):
                continue
            theirs = storey_of(field.related_model.__module__)
            same_app = field.related_model._meta.app_label == model._meta.app_label
            if theirs is not None and (theirs > mine or (theirs == mine and not same_app)):
                yield f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"


def test_no_foreign_key_points_to_a_higher_storey() -> None:
    assert list(upward_keys(apps.get_models(include_auto_created=True))) == []


def test_an_upward_key_would_be_found() -> None:
    class Wrong(models.Model):  # noqa: DJ008 -- never stored, never shown
        appointment = models.ForeignKey("booking.Appointment", on_delete=models.CASCADE)

        class Meta:
            app_label = "people"

        __module__ = "clientela.people.models.wrong"

    try:
        assert list(upward_keys([Wrong])) == ["people.Wrong.appointment -> booking.Appointment"]
    finally:
        apps.all_models["people"].pop("wrong")
        apps.clear_cache()


def test_every_package_has_a_storey() -> None:
    packages = {folder.parent.name for folder in SOURCE.glob("*/__init__.py")}
    assert packages - COMPOSITION <= set(STOREYS)


def test_the_import_contracts_hold() -> None:
    program = "from importlinter.cli import lint_imports_command as run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
