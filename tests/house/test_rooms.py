"""Every action has a test, a docstring and named arguments; every app says on one page what it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tests.house.storeys import ROOT, SOURCE

README_LINES = 40
ROOMS = [path for path in sorted(SOURCE.glob("*/actions/*.py")) if path.stem != "__init__"]
SPOKEN = [
    path
    for room in ("actions", "queries")
    for path in sorted(SOURCE.glob(f"*/{room}/*.py"))
    if path.stem != "__init__"
] + [path for path in sorted((SOURCE / "rules").glob("*.py")) if path.stem != "__init__"]
APPS = sorted(path.parent for path in SOURCE.glob("*/apps.py"))


def short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def public_functions(path: Path) -> list[ast.FunctionDef]:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    return [
        node for node in body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]


@pytest.mark.parametrize("action", ROOMS, ids=short)
def test_every_action_has_a_test(action: Path) -> None:
    """Its own file in the mirror; small neighbours may share one that imports them by name."""
    app = action.relative_to(SOURCE).parts[0]
    own = ROOT / "tests" / action.relative_to(SOURCE).parent / f"test_{action.name}"
    module = f"clientela.{app}.actions.{action.stem} import"
    shared = (
        path.read_text(encoding="utf-8") for path in (ROOT / "tests" / app).rglob("test_*.py")
    )
    assert own.exists() or any(module in text for text in shared), f"no {own.relative_to(ROOT)}"


@pytest.mark.parametrize("path", SPOKEN, ids=short)
def test_every_rule_query_and_action_says_what_it_promises(path: Path) -> None:
    assert [f.name for f in public_functions(path) if not ast.get_docstring(f)] == []


@pytest.mark.parametrize("path", SPOKEN, ids=short)
def test_several_arguments_are_named_at_the_call(path: Path) -> None:
    # A rule may read like arithmetic, `to_local(at, zone)`; what gathers or writes names everything.
    allowed = 2 if path.is_relative_to(SOURCE / "rules") else 1
    positional = {f.name: [*f.args.posonlyargs, *f.args.args] for f in public_functions(path)}
    assert [name for name, arguments in positional.items() if len(arguments) > allowed] == []


@pytest.mark.parametrize("app", APPS, ids=short)
def test_every_app_has_a_readme_of_one_page(app: Path) -> None:
    readme = app / "README.md"
    assert readme.exists(), f"no {short(readme)}"
    assert len(readme.read_text(encoding="utf-8").splitlines()) <= README_LINES
