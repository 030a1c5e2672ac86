"""``clientela import`` and ``clientela export``, as typed."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.integrations.emptying import emptied
from tests.integrations.papers import example, text

from clientela.__main__ import main
from clientela.business.models import Business

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "business.json"
    path.write_text(text(example()), encoding="utf-8")
    return path


def typed(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def test_a_business_comes_in_goes_out_and_comes_in_again(file: Path, tmp_path: Path) -> None:
    result = typed("import", "--anchor-today", file)
    assert result.exit_code == 0, result.output
    assert result.output == (
        "business.json: locations 1, professionals 1, resources 1, services 2, staff 1, hours 1, exceptions 2, "
        "time off 1, closures 1, clients 2, sessions 1, appointments 3. It is at /taller-ejemplo/.\n"
        "1 client is sent no messages: the file does not say that they agreed. They agree by booking, or in the welcome "
        "email; what they told you is noted on their cards at the desk, or in the file under `consents`.\n"
    )
    result = typed("import", "--anchor-today", file, "--slug", "beside")
    assert (
        "ahead in this copy. Nobody is reminded until an owner switches messages on"
        in result.output
    )
    first = tmp_path / "first.json"
    assert (
        typed("export", "taller-ejemplo", "-o", first).output
        == f"{first} holds the business at /taller-ejemplo/.\n"
    )
    assert stat.S_IMODE(first.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
    emptied()
    assert typed("import", first).exit_code == 0
    assert typed("export", "taller-ejemplo").stdout == first.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["business.json", "first.json"]


def test_a_bad_file_is_answered_with_every_place_and_a_failure(file: Path) -> None:
    paper = example()
    paper["appointments"][0]["client"] = paper["appointments"][1]["client"] = "eva"
    file.write_text(text(paper), encoding="utf-8")
    result = typed("import", "--anchor-today", file)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        '/appointments/0/client: "eva" is not in this file',
        '/appointments/1/client: "eva" is not in this file',
        "Error: business.json has 2 problems. Nothing was written.",
    ]
    assert not Business.objects.exists()


def test_a_rehearsal_says_that_it_was_one(file: Path) -> None:
    result = typed("import", "--anchor-today", "--dry-run", "--slug", "other", file)
    assert "It was a rehearsal: nothing was written.\n" in result.output
    assert not Business.objects.exists()


def test_a_copy_stands_under_the_address_it_was_given(file: Path) -> None:
    result = typed("import", "--anchor-today", "--slug", "other", file)
    assert "It is at /other/.\n" in result.output
    assert (
        "ahead in this copy. Nobody is reminded until an owner switches messages on"
        in result.output
    )


def test_a_business_that_is_not_there_cannot_be_exported() -> None:
    result = typed("export", "nobody")
    assert (result.exit_code, result.stderr) == (1, "Error: There is no business at /nobody/.\n")
