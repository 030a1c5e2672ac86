"""One saying: a title and what follows from it, for each of the two readers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from clientela.notify.diagnosis.finding import Verdict

Text = Promise | str
Key = tuple[str, Verdict, str]
PASS, FAIL, UNKNOWN = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class Saying:
    """``title`` is a sentence without a full stop, ``detail`` what is behind it and what to do.

    A client reads ``you`` and ``yours`` where they are given. The words name the finding's facts.
    """

    title: Text
    detail: Text = ""
    you: Text = ""
    yours: Text = ""


NO_ADDRESS: Final = Saying(pgettext_lazy("check", "There is no email address to look at"))
NO_NUMBER: Final = Saying(pgettext_lazy("check", "There is no phone number to look at"))
NO_GATEWAY: Final = Saying(pgettext_lazy("check", "The business sends no texts"))
