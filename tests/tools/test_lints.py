"""Each lint finds the fault it was written for, and stays silent on its decent neighbour."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from tools.lints import names, reasons, sizes, templates, times, words, writes


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small repository of one app."""
    (tmp_path / "src/clientela").mkdir(parents=True)
    return tmp_path


def put(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def written(source: str, *, in_models: bool = False) -> list[str]:
    return [ast.unparse(call) for call in writes.writes_in(ast.parse(source), in_models=in_models)]


@pytest.mark.parametrize(
    "source",
    [
        "row.save()",
        "form.save(commit=True)",
        "row.delete()",
        "Client.objects.create(name='Ada')",
        "Client.objects.filter(pk=1).update(name='Ada')",
        "business.client_set.update(name='Ada')",
        "queryset.exclude(pk=1).delete()",
        "Client.objects.get_or_create(pk=1)",
        "Client.objects.bulk_create(rows)",
    ],
)
def test_a_write_is_found(source: str) -> None:
    assert written(source) == [source]


@pytest.mark.parametrize(
    "source",
    [
        "facts.update(reason='late')",
        "cache.delete('key')",
        "super().save()",
        "Figure.create(width=3)",
        "Client.objects.filter(pk=1).first()",
    ],
)
def test_what_only_sounds_like_a_write_is_left_alone(source: str) -> None:
    assert written(source) == []


def test_only_actions_and_platform_may_write(house: Path) -> None:
    for place in (
        "booking/actions/book.py",
        "platform/outbox.py",
        "web/desk/book.py",
        "booking/queries/day.py",
    ):
        put(house, f"src/clientela/{place}", "def do(row):\n    row.save()\n")
    assert sorted(line.split(":")[0] for line in writes.complaints(house)) == [
        "src/clientela/booking/queries/day.py",
        "src/clientela/web/desk/book.py",
    ]


def test_an_exception_to_the_write_lint_needs_its_reason(house: Path) -> None:
    put(
        house,
        "src/clientela/web/a.py",
        "session.save()  # writes: Django's session, not a row of ours\n",
    )
    put(house, "src/clientela/web/b.py", "session.save()  # writes: \n")
    assert [line.split(":")[0] for line in writes.complaints(house)] == ["src/clientela/web/b.py"]


def test_a_model_may_have_one_writing_method() -> None:
    source = "class A:\n    def move_to(self, new):\n        type(self).objects.filter(pk=1).update(status=new)\n"
    assert written(source, in_models=True) == []
    assert len(written(source.replace("move_to", "rename"), in_models=True)) == 1


def test_long_files_functions_and_views_are_refused(house: Path) -> None:
    body = "    x = 1\n"
    put(house, "src/clientela/rules/long.py", "x = 1\n" * 401)
    put(house, "src/clientela/rules/function.py", "def f():\n" + body * 60)
    put(house, "src/clientela/web/view.py", 'def show(request):\n    """Show."""\n' + body * 26)
    put(house, "src/clientela/web/fits.py", 'def show(request):\n    """Show."""\n' + body * 25)
    put(house, "src/clientela/rules/fits.py", "def f():\n" + body * 59)
    assert sorted(line.split(":")[0] for line in sizes.complaints(house)) == [
        "src/clientela/rules/function.py",
        "src/clientela/rules/long.py",
        "src/clientela/web/view.py",
    ]


def test_a_long_file_is_mentioned_before_it_is_refused(house: Path) -> None:
    put(house, "src/clientela/rules/longish.py", "x = 1\n" * 201)
    assert list(sizes.mentions(house)) == ["src/clientela/rules/longish.py: 201 lines"]


def test_drawers_are_refused_and_the_trades_own_word_is_not(house: Path) -> None:
    for name in (
        "booking/utils.py",
        "booking/service.py",
        "people/date_helpers.py",
        "catalogue/models/service.py",
    ):
        put(house, f"src/clientela/{name}", "")
    assert sorted(
        line.split(":")[0].removeprefix("src/clientela/") for line in names.complaints(house)
    ) == [
        "booking/service.py",
        "booking/utils.py",
        "people/date_helpers.py",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "cd /home/ada/clientela",  # words: ok
        "open('/tmp/clientela.log')",  # words: ok
        "pip install --extra-index-url x",  # words: ok
        "see /root/notes",  # words: ok
    ],
)
def test_a_machines_path_is_found(line: str) -> None:
    assert len(words.faults(line)) == 1


@pytest.mark.parametrize(
    "line", ["a/tmp/b", "https://example.org/work/1", "/usr/lib/postgresql", "/data volume"]
)
def test_a_plain_path_is_not(line: str) -> None:
    assert words.faults(line) == []


def test_a_suppression_without_its_reason_is_found() -> None:
    assert not reasons.is_explained("# noqa: E501")
    assert reasons.is_explained("# noqa: E501 -- the address is one word")
    assert not reasons.is_explained("# type: ignore[misc]")
    assert reasons.is_explained("# type: ignore[misc]  # the stubs cannot say it")


def test_a_reason_that_mypy_cannot_read_does_not_count() -> None:
    assert not reasons.is_explained("# type: ignore[misc] " + "-- the stubs cannot say it")


def test_a_conversion_of_time_is_found_outside_its_module(house: Path) -> None:
    put(house, "src/clientela/rules/clock_time.py", "at.astimezone(zone)\n")
    put(
        house,
        "src/clientela/web/page.py",
        "at.astimezone(zone)\nat.replace(tzinfo=zone)\nat.replace(tzinfo=UTC)\n",
    )
    assert [line.split(": ")[0] for line in times.complaints(house)] == [
        "src/clientela/web/page.py:1",
        "src/clientela/web/page.py:2",
    ]


@pytest.mark.parametrize(
    ("template", "fault"),
    [
        ('<p style="color:red"></p>', "an inline style"),
        ("<button onclick='go()'></button>", "an inline script (onclick)"),
        ("<script>go()</script>", "an inline script"),
        ('<img src="https://example.org/x.png" alt="">', "asks another host"),
        ("<p>Hello {{ name }}</p>", "not marked for translation: Hello"),
        ('<button aria-label="Close"></button>', "not marked for translation: Close"),
    ],
)
def test_what_the_policy_refuses_or_nobody_translated_is_found(template: str, fault: str) -> None:
    assert [found.startswith(fault) for _, found in templates.faults(template)] == [True]


@pytest.mark.parametrize(
    "template",
    [
        '<p class="lead">{% translate "Hello" %} {{ name }}</p>',
        "{% blocktranslate trimmed %}Hello {{ name }}, <b>you</b>{% endblocktranslate %}",
        "{# a note for the reader #}<p>{{ at|clock:zone }} · 12 %</p>",
        '<script src="/static/x.js" defer></script><code>make demo</code>',
        '<div class="{% if open %}is-open{% endif %}"></div>',
        "{% block main_class %}wrap page{% endblock %}<{{ tag }} class='label'></{{ tag }}>",
        "{# words: english #}<p>Only developers read this.</p>",
    ],
)
def test_a_decent_template_is_left_alone(template: str) -> None:
    assert templates.faults(template) == []


def test_a_fault_in_a_template_is_told_with_its_line() -> None:
    assert templates.faults("{% if x %}\n<p>\n{{ y }}</p>\nHello\n{% endif %}") == [
        (3, "not marked for translation: Hello")
    ]
