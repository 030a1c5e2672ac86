"""What is wrong with a file: every problem, with its place, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field

from clientela.platform.refusal import Refusal

_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: ``place`` is a JSON pointer (``/appointments/12/starts``), then a sentence."""

    place: str
    sentence: str

    def __str__(self) -> str:
        """As the command prints it."""
        return f"{self.place or '/'}: {self.sentence}"


class BadFile(Refusal):
    """The file cannot be imported; ``problems`` holds all of them and nothing was written."""

    reason = "bad-file"

    def __init__(self, problems: list[Problem]) -> None:
        """Carry the problems in the order of the file's places."""
        super().__init__(count=len(problems))
        self.problems = problems

    def __str__(self) -> str:
        """The problems, one per line; a file that is wrong throughout is cut short."""
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            lines.append(f"… and {len(self.problems) - _SHOWN} more")
        return "\n".join(lines)


@dataclass(slots=True)
class Problems:
    """Collects problems while a file is checked."""

    found: list[Problem] = field(default_factory=list)

    def add(self, sentence: str, *place: str | int) -> None:
        """Note one problem at a place given by its steps: ``add("…", "clients", 3, "name")``."""
        self.found.append(Problem(pointer(place), sentence))

    def raise_if_any(self) -> None:
        """Refuse the file if anything was found."""
        if self.found:
            raise BadFile(self.found)


def pointer(steps: tuple[str | int, ...]) -> str:
    """Return the JSON pointer (RFC 6901) of these steps."""
    return "".join(f"/{str(step).replace('~', '~0').replace('/', '~1')}" for step in steps)
