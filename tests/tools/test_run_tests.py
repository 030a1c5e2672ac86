"""The run of both databases adds up honestly and says what it left out."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from tools import run_tests


@pytest.mark.parametrize(
    "line",
    [
        "=== 2 failed, 10 passed, 1 skipped, 3 warnings in 12.30s ===",
        "12 passed in 0.50s",
        "===== 1 error in 3.00s =====",
    ],
)
def test_pytests_closing_line_is_recognised(line: str) -> None:
    assert run_tests.CLOSING.match(line)


def test_a_line_of_a_test_is_not_taken_for_the_closing_line() -> None:
    assert not run_tests.CLOSING.match("E   AssertionError: 3 passed in vain")


def test_both_passes_are_added_up_failures_first() -> None:
    assert run_tests.closing_line(Counter(passed=30, failed=1, error=2, skipped=2), 4.0) == (
        "=== 1 failed, 2 errors, 30 passed, 2 skipped in 4.00s ==="
    )


def test_what_is_required_and_missing_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_tests.postgres, "is_available", lambda: False)
    monkeypatch.setattr(run_tests.browser, "is_available", lambda: False)
    monkeypatch.delenv("CLIENTELA_REQUIRE_POSTGRES", raising=False)
    monkeypatch.setenv("CLIENTELA_REQUIRE_BROWSER", "1")
    assert [required for _, required in run_tests.what_is_missing()] == [False, True]
    assert run_tests.main([]) == 1


def test_temporary_files_of_a_run_live_in_memory_where_there_is_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(run_tests, "MEMORY", tmp_path)
    monkeypatch.setattr(run_tests, "_free", lambda _: run_tests.ENOUGH_MEMORY)
    with run_tests.scratch():
        inside = Path(os.environ["TMPDIR"])
        assert inside.parent == tmp_path
        assert inside.stat().st_mode & 0o001  # another user may pass through
    assert "TMPDIR" not in os.environ
    assert not inside.exists()
    monkeypatch.setattr(run_tests, "_free", lambda _: run_tests.ENOUGH_MEMORY - 1)
    with run_tests.scratch():
        assert "TMPDIR" not in os.environ
