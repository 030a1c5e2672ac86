"""A file fits one sitting, a function one look, a view a glance.

Files grow by one reasonable line at a time, and nobody is the one who made them too long. So the limit is
a number: a file is mentioned at 200 lines and refused at 400, a function is refused at 60, a view at 25
lines without its docstring (find, form, action, answer). An app of 12 models or 15 actions is mentioned:
perhaps it is two.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from tools.lints.reading import python_files, tree_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE_MENTIONED, FILE_REFUSED = 200, 400
FUNCTION_REFUSED, VIEW_REFUSED = 60, 25
MODELS_MENTIONED, ACTIONS_MENTIONED = 12, 15
_PLACES = ("src", "tools", "tests", "bench")


def complaints(root: Path) -> Iterator[str]:
    """Yield every file, function and view that is over its limit."""
    for path in [*python_files(root, *_PLACES), root / "dev.py"]:
        if not path.exists():
            continue
        name = path.relative_to(root)
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_REFUSED:
            yield f"{name}:1: {lines} lines; a file is refused at {FILE_REFUSED}"
        is_door = name.parts[:3] in {("src", "clientela", "web"), ("src", "clientela", "api")}
        for function in functions_of(tree_of(path)):
            limit = VIEW_REFUSED if is_door and is_view(function) else FUNCTION_REFUSED
            length = body_length(function) if limit == VIEW_REFUSED else whole_length(function)
            if length > limit:
                yield f"{name}:{function.lineno}: {function.name} has {length} lines of {limit} allowed"


def mentions(root: Path) -> Iterator[str]:
    """Yield what is not wrong yet: long files, and apps that may be two."""
    for path in python_files(root, "src"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if FILE_MENTIONED < lines <= FILE_REFUSED:
            yield f"{path.relative_to(root)}: {lines} lines"
    for app in sorted((root / "src/clientela").glob("*/")):
        models = [
            node
            for path in python_files(root, str((app / "models").relative_to(root)))
            for node in tree_of(path).body
            if isinstance(node, ast.ClassDef)
        ]
        actions = [p for p in (app / "actions").glob("*.py") if p.stem != "__init__"]
        if len(models) >= MODELS_MENTIONED or len(actions) >= ACTIONS_MENTIONED:
            yield f"{app.name}: {len(models)} models, {len(actions)} actions; is it two apps?"


def functions_of(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_view(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Say whether a function answers a request: its first argument is called so."""
    arguments = function.args.posonlyargs + function.args.args
    return bool(arguments) and arguments[0].arg == "request" and not function.name.startswith("_")


def whole_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function from ``def`` to its end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def body_length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function's body without its docstring."""
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    body = function.body[1:] if has_docstring else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0
