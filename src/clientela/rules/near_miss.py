"""How many slips of the fingers lie between two things that were typed."""

from __future__ import annotations


def slips(one: str, other: str) -> int:
    """How many slips apart two words are: a letter too many, missing, wrong, or two swapped."""
    one, other = _where_they_differ(one, other)
    if not one or not other:
        return len(one) + len(other)
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, match in enumerate(other, 1):
            cost = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, rows[-2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]


def is_near_miss(one: str, other: str) -> bool:
    """Whether two different words are one slip apart: one of them is probably the other, mistyped."""
    if abs(len(one) - len(other)) > 1:
        return False
    one, other = _where_they_differ(one, other)
    if len(one) + len(other) == 1 or len(one) == len(other) == 1:
        return True
    return len(one) == 2 and one == other[::-1]  # noqa: PLR2004 -- two letters swapped


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """Cut off what two words begin and end with alike."""
    start = 0
    shorter = min(len(one), len(other))
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]
