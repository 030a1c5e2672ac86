"""Lines of the plan, words, addresses and threads stand once each."""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from clientela.integrations.business_file.document import BusinessFile
from clientela.integrations.business_file.problems import Problems


def check_messages(document: BusinessFile, *, problems: Problems) -> None:
    """Note what stands twice where the business has room for one."""
    said = document.messages
    _once(
        ((one.rule, one.recipient, one.timing, one.service) for one in said.rules),
        problems, "messages", "rules",
    )  # fmt: skip
    _once(
        ((one.rule, one.language, one.channel) for one in said.templates),
        problems, "messages", "templates",
    )  # fmt: skip
    _once(((one.channel, one.address) for one in said.addresses), problems, "messages", "addresses")
    threads = document.conversations
    _once(((one.medium, one.address) for one in threads), problems, "conversations")
    keys: dict[str, tuple[int, int]] = {}
    for number, thread in enumerate(threads):
        for step, entry in enumerate(thread.entries):
            if entry.key and keys.setdefault(entry.key, (number, step)) != (number, step):
                problems.add("came in twice", "conversations", number, "entries", step, "key")


def _once(names: Iterable[Hashable], problems: Problems, *place: str) -> None:
    seen: dict[Hashable, int] = {}
    for number, name in enumerate(names):
        if name in seen:
            problems.add(f"says the same as /{'/'.join(place)}/{seen[name]}", *place, number)
        seen.setdefault(name, number)
