"""Migrations are complete and can be taken back, or say why not."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.house.storeys import SOURCE
from tests.kit import template

MIGRATIONS = sorted(SOURCE.glob("**/migrations/[0-9]*.py"))


def short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def one_way(source: str) -> list[str]:
    """Return the operations of a migration that have no way back and give no reason (`# one way: …`)."""
    lines = source.splitlines()
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        words = {word.arg for word in node.keywords}
        no_way_back = (
            name == "RunPython" and len(node.args) < 2 and "reverse_code" not in words
        ) or (name == "RunSQL" and len(node.args) < 2 and "reverse_sql" not in words)
        if no_way_back and "# one way:" not in lines[node.lineno - 1]:
            found.append(f"{name} at line {node.lineno}")
    return found


@pytest.mark.parametrize("migration", MIGRATIONS, ids=short)
def test_a_migration_can_be_taken_back(migration: Path) -> None:
    assert one_way(migration.read_text(encoding="utf-8")) == []


def test_a_one_way_migration_would_be_found() -> None:
    assert one_way("operations = [migrations.RunPython(fill)]") == ["RunPython at line 1"]
    assert one_way("operations = [migrations.RunPython(fill, empty)]") == []
    assert one_way("operations = [migrations.RunSQL(x)]  # one way: drops a cache") == []


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration() -> None:
    said = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said, stderr=said)


@pytest.mark.slow
def test_every_migration_runs_backwards_and_forwards_again(tmp_path: Path) -> None:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("CLIENTELA_")},
        "CLIENTELA_DATA": str(tmp_path),
        "CLIENTELA_SECRET_KEY": "only-for-this-test" * 4,
        "DJANGO_SETTINGS_MODULE": "clientela.settings",
        "PYTHONPATH": str(SOURCE.parent),
    }
    program = """
import django; django.setup()
from pathlib import Path
from django.apps import apps
from django.core.management import call_command
from django.core.management.sql import emit_pre_migrate_signal
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
ours = [
    app.label
    for app in reversed(list(apps.get_app_configs()))
    if app.name.startswith("clientela.") and (Path(app.path) / "migrations").is_dir()
]
executor = MigrationExecutor(connection)
assert executor.loader.applied_migrations.keys() >= executor.loader.graph.nodes.keys()
# One app after the other, as `migrate APP zero` does it; in one plan, which computes what each leaves only once.
plan = dict(step for label in ours for step in executor.migration_plan([(label, None)]))
assert set(plan.values()) == {True}, "not all of them go backwards"
steps = list(plan.items())
emit_pre_migrate_signal(verbosity=0, interactive=False, db="default", plan=steps)  # as the command; the guards go
executor.migrate([], plan=steps)
tables = connection.introspection.table_names()
assert [name for name in tables if name.startswith(tuple(label + "_" for label in ours))] == []
call_command("migrate", verbosity=0)
"""
    # Forwards for the first time they ran when the template was made.
    shutil.copyfile(template.sqlite_file(), tmp_path / "clientela.sqlite3")
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
