"""One saying: a title and what follows from it, for each of the two readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clientela.notify.diagnosis.finding import Reader, Verdict

Text = Promise | str
Key = tuple[str, Verdict, str]
PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Saying:
    """``title`` is a sentence without a full stop, ``detail`` what is behind it and what to do.

    A client reads ``you`` and ``yours`` where they are given. Who holds only an appointment's link reads
    ``by_link`` instead of what is behind it, where an address would have to be whole, and ``you_by_link`` instead of a
    title that tells whether there is an account. The words name the finding's facts.
    """

    title: Text
    detail: Text = ""
    you: Text = ""
    yours: Text = ""
    by_link: Text | None = None
    you_by_link: Text = ""

    def to(self, reader: Reader) -> tuple[Text, Text]:
        """The title and what is behind it, for one of the readers."""
        if not reader.is_client:
            return self.title, self.detail
        title, detail = self.you or self.title, self.yours or self.detail
        if reader is Reader.GUEST:
            title = self.you_by_link or title
            detail = detail if self.by_link is None else self.by_link
        return title, detail


NO_ADDRESS: Final = Saying(pgettext_lazy("check", "There is no email address to look at"))
NO_NUMBER: Final = Saying(pgettext_lazy("check", "There is no phone number to look at"))
NO_GATEWAY: Final = Saying(pgettext_lazy("check", "The business sends no texts"))
