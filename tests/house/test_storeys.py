"""Arrows point down only: imports, and the foreign keys that an import checker cannot see."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
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
    class Wrong(models.Model):
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
    said = lint_imports(ROOT)
    assert " 0 broken" in said, said


VIOLATIONS = {
    "booking knows of messages": (
        "booking/actions/book.py",
        "import clientela.notify.actions",
        "Storeys",
    ),
    "a model calls an action": (
        "people/models/client.py",
        "import clientela.people.actions",
        "Rooms",
    ),
    "a rule needs Django": ("rules/slots.py", "import django.db", "Rules are pure"),
    "one door enters another": ("web/desk/page.py", "import clientela.web.portal", "Doors"),
}


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_each_violation_is_caught_by_name(violation: str, tmp_path: Path) -> None:
    place, line, contract = VIOLATIONS[violation]
    model_house(tmp_path)
    (tmp_path / "clientela" / place).write_text(f"{line}\n", encoding="utf-8")
    said = lint_imports(tmp_path)
    broken = [words for words in said.splitlines() if words.endswith("BROKEN")]
    assert any(words.startswith(contract) for words in broken), said


def test_the_model_house_alone_breaks_nothing(tmp_path: Path) -> None:
    model_house(tmp_path)
    assert "0 broken" in lint_imports(tmp_path)


def model_house(folder: Path) -> None:
    """Build empty packages of every name that the contracts speak of, with the contracts themselves."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    names = set(re.findall(r'"(clientela(?:\.\w+)+)"', text))
    names |= {
        f"clientela.{name}"
        for layer in contracts[0]["layers"]
        for name in re.findall(r"\w+", layer)
    }
    names |= {
        f"clientela.{app}.{room}"
        for app in ("booking", "people", "notify")
        for room in ("actions", "models")
    }
    for name in names:
        package = folder / name.replace(".", "/")
        for level in [package, *package.parents]:
            if level.is_relative_to(folder / "clientela"):
                level.mkdir(parents=True, exist_ok=True)
                (level / "__init__.py").touch()
    linter = text[text.index("[tool.importlinter]") :]
    (folder / "pyproject.toml").write_text(linter, encoding="utf-8")


def lint_imports(folder: Path) -> str:
    """Return what the import linter says of a folder."""
    program = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", program, "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    ).stdout
