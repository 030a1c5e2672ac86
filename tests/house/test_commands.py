"""The ways in are the same for everybody: make, dev.py, CI."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys

import click
import dev
import pytest
from tests.house.storeys import ROOT

from clientela.__main__ import main


def test_make_and_dev_py_know_the_same_verbs() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    verbs = next(line for line in makefile.splitlines() if line.startswith("VERBS :=")).split(
        ":= "
    )[1]
    assert verbs.split() == list(dev.VERBS)


@pytest.mark.parametrize("verb", [verb for verb, (_, _, command) in dev.VERBS.items() if command])
def test_every_verb_has_a_program_behind_it(verb: str) -> None:
    module = dev.VERBS[verb][2][1]
    assert importlib.util.find_spec(
        f"{module}.__main__" if module in {"bench", "clientela", "tools.papers"} else module
    )


def test_dev_py_alone_lists_the_verbs() -> None:
    said = subprocess.run(
        [sys.executable, "dev.py"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert all(f"  {verb} " in said for verb in dev.VERBS)


def test_an_interpreter_is_believed_only_after_it_ran(tmp_path: pytest.TempPathFactory) -> None:
    shim = tmp_path / "python3"
    shim.write_text(
        "#!/bin/sh\necho 'version 3.13 is not installed' >&2\nexit 127\n", encoding="utf-8"
    )
    shim.chmod(0o755)
    assert not dev.runs(str(shim))
    assert not dev.runs(str(tmp_path / "absent"))
    assert dev.runs(sys.executable)


@pytest.mark.parametrize("lock", [dev.RUN, dev.DEV])
def test_a_lock_is_dealt_out_whole_hashes_and_all(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    written = [line for line in text.splitlines(keepends=True) if "# via" not in line]
    for count in (1, 2, 4):
        parts = dev.shares(text, count)
        assert len(parts) == count
        dealt = "".join(parts).splitlines(keepends=True)
        assert sorted(line for line in dealt if line[0] != "#" and "    #" not in line) == sorted(
            line for line in written if line[0] != "#" and "    #" not in line
        )
        for part in parts:
            assert part.startswith(tuple("abcdefghijklmnopqrstuvwxyz"))
            assert re.match(r"[\w.\[\]-]+==", part)
            assert part.count("==") <= part.count("--hash=sha256:")
        work = [part.count("--hash=") for part in parts]
        assert max(work) < 2 * min(work)


def test_a_pip_that_is_not_there_has_no_version(tmp_path: pytest.TempPathFactory) -> None:
    assert dev.pip_version(str(tmp_path / "absent")) == ()
    assert not dev.pip_version(str(tmp_path / "absent")) >= dev.OLDEST_PIP


def test_ci_runs_the_recipes_that_people_run() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make check" in script
    assert "make test" in script


def verbs_and_options() -> dict[str, set[str]]:
    """Return what `clientela` understands: verb → its long options."""
    return {
        name: {
            spelling
            for option in verb.params
            if isinstance(option, click.Option)
            for spelling in option.opts
            if spelling.startswith("--") and spelling != "--help"
        }
        for name, verb in main.commands.items()
    }


def documented() -> dict[str, str]:
    """Return verb → its row in the reference."""
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    installed = text.split("## In an installation")[1]
    rows = re.findall(r"^\| `(\w+)(.*)$", installed, re.MULTILINE)
    return dict(reversed(rows))  # the first row of a verb is its own


def test_the_reference_names_every_verb_and_option_of_clientela() -> None:
    rows = documented()
    spelt = {"--output": "-o"}
    missing = [
        f"{verb} {option}"
        for verb, options in verbs_and_options().items()
        for option in ["", *sorted(options)]
        if verb not in rows or spelt.get(option, option) not in rows[verb]
    ]
    assert missing == []
    assert set(rows) == set(main.commands)


def test_the_reference_names_every_verb_of_make() -> None:
    text = (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([a-z-]+)`", text.split("## In an installation")[0]))
    assert set(dev.VERBS) <= named
