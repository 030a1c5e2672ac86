"""A press that may lead to another page is followed by an expectation of it, before anything is looked at.

Playwright waits for what it acts on, never for what is only read: axe, a picture, ``evaluate``, ``count()`` or the
database see whatever is there at that moment, on a slow machine the page before or half of the page after.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
PRESSES = {"click", "dblclick", "tap", "press"}
STAYS = {"Tab", "Shift+Tab", "Escape", "Space"}
"""Keys that lead nowhere."""
LOOKS = {
    "calm",
    "look",
    "look_around",
    "assert_accessible",
    "check_corner",
    "picture",
    "looks_well",
    "shot",
}
READS = {
    *("evaluate", "screenshot", "content", "count", "all", "is_visible", "is_hidden", "is_checked"),
    *("inner_text", "inner_html", "text_content", "input_value", "bounding_box", "get_attribute"),
    *("all_inner_texts", "all_text_contents", "goto", "reload", "go_back", "refresh_from_db"),
    *("set_viewport_size", "clear_cookies", "get"),
}


def name_of(call: ast.Call) -> str:
    """The last word of what is called."""
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


def is_expectation(node: ast.AST) -> bool:
    """An expectation, or Playwright's own waiting."""
    return any(
        isinstance(one, ast.Call) and name_of(one).startswith(("expect", "wait_for", "until"))
        for one in ast.walk(node)
    )


def is_press(statement: ast.stmt, helpers: set[str]) -> bool:
    """Say whether a statement ends with a press after which another page may come; a fold only opens."""
    if isinstance(statement, ast.With | ast.For | ast.If):
        waits = isinstance(statement, ast.With) and any(
            is_expectation(item.context_expr) for item in statement.items
        )
        return not waits and is_press(statement.body[-1], helpers)
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    call = statement.value
    if name_of(call) in helpers:
        return True
    keys = {one.value for one in call.args if isinstance(one, ast.Constant)}
    return name_of(call) in PRESSES and not keys & STAYS and "summary" not in ast.unparse(statement)


def looks(statement: ast.stmt) -> bool:
    """Say whether a statement begins by looking at something as it is now."""
    if isinstance(statement, ast.With):
        if any(is_expectation(item.context_expr) for item in statement.items):
            return False
        return name_of_first(statement) in {"business_scope", "system_scope"} or looks(
            statement.body[0]
        )
    if isinstance(statement, ast.For | ast.If):
        return looks(statement.body[0])
    if is_expectation(statement):
        return False
    if isinstance(statement, ast.Assert):
        return True
    return any(
        (isinstance(one, ast.Call) and name_of(one) in LOOKS | READS) or is_address(one)
        for one in ast.walk(statement)
    )


def is_address(node: ast.AST) -> bool:
    """Say whether a page's address is read."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr == "url"
        and getattr(node.value, "id", "") == "page"
    )


def name_of_first(statement: ast.With) -> str:
    """What the first item of a ``with`` calls."""
    first = statement.items[0].context_expr
    return name_of(first) if isinstance(first, ast.Call) else ""


def bodies(tree: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements."""
    for node in ast.walk(tree):
        for field in ("body", "orelse"):
            found = getattr(node, field, None)
            if isinstance(found, list) and found and isinstance(found[0], ast.stmt):
                yield found


def pressing_helpers(tree: ast.AST) -> set[str]:
    """The file's own functions that end with a press, or with another of them."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found: set[str] = set()
    while more := {
        one.name for one in functions if one.name not in found and is_press(one.body[-1], found)
    }:
        found |= more
    return {name for name in found if not name.startswith("test_")}


def blind_looks(source: str) -> list[str]:
    """Every look or reading directly after a press, as ``line: statement``."""
    tree = ast.parse(source)
    helpers = pressing_helpers(tree)
    rounds = {id(node.body) for node in ast.walk(tree) if isinstance(node, ast.For)}

    def again(body: list[ast.stmt]) -> list[tuple[ast.stmt, ast.stmt]]:
        """After the last statement of a loop comes its first."""
        return [(body[-1], body[0])] if id(body) in rounds else []

    return [
        f"{after.lineno}: {ast.unparse(after).splitlines()[0]}"
        for body in bodies(tree)
        for before, after in [*pairwise(body), *again(body)]
        if is_press(before, helpers) and looks(after)
    ]


def browser_tests() -> list[Path]:
    """The files that walk through pages."""
    return sorted(
        path
        for path in TESTS.rglob("test_*.py")
        if "mark.browser" in path.read_text(encoding="utf-8") and path != Path(__file__)
    )


def test_after_a_press_the_page_is_expected_before_it_is_looked_at() -> None:
    found = {
        str(path.relative_to(TESTS)): blind
        for path in browser_tests()
        if (blind := blind_looks(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "look",
    ["calm(page)", "assert page.url", "row.refresh_from_db()", "page.goto(url)", "x = y.count()"],
)
def test_a_look_after_a_press_is_found(look: str) -> None:
    assert blind_looks(f"def go(page):\n    page.locator('a').click()\n    {look}\n")
    assert blind_looks(
        f"def on(page):\n    page.locator('a').click()\n\ndef go(page):\n    on(page)\n    {look}\n"
    )


def test_a_look_at_the_beginning_of_the_next_round_is_found() -> None:
    loop = "for one in two:\n    calm(page)\n    page.locator('a').click()\n"
    assert blind_looks(loop)


@pytest.mark.parametrize(
    "calm",
    [
        "for one in two:\n        calm(page)\n        page.locator('a').click()\n        expect(page).to_have_url('x')",
        "page.locator('a').click()\n    expect(page).to_have_url('x')\n    calm(page)",
        "page.locator('summary').click()\n    calm(page)",
        "page.keyboard.press('Tab')\n    calm(page)",
        "page.locator('a').click()\n    page.locator('input').fill('x')",
    ],
)
def test_what_waits_is_not_found(calm: str) -> None:
    assert blind_looks(f"def go(page):\n    {calm}\n") == []
