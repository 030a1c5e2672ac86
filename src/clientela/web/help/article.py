"""One article, and the question whether it helped."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy as _

from clientela.platform import clock
from clientela.platform.refusal import Refusal
from clientela.support.actions.give_feedback import LONGEST_COMMENT, give_feedback
from clientela.support.models import WhyNot
from clientela.web.help.articles import ARTICLES, AUTHOR, BY_NAME, Article
from clientela.web.help.riddle import is_human, riddle_context

WRONG = 422
REASONS = (
    (WhyNot.UNCLEAR.value, _("I did not understand it")),
    (WhyNot.INCOMPLETE.value, _("Something is missing")),
    (WhyNot.WRONG.value, _("It is not true here")),
    (WhyNot.OTHER_CASE.value, _("It is about another case than mine")),
    (WhyNot.OTHER.value, _("Something else")),
)
SENTENCES = {
    "reason-missing": _("Choose at least one reason."),
    "captcha-missing": _("We could not see that you are a person. Try once more."),
}


class FeedbackForm(forms.Form):
    """Was it answered, and if not, why."""

    answered = forms.ChoiceField(
        label=_("Did this page answer it?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        error_messages={"required": _("Say yes or no."), "invalid_choice": _("Say yes or no.")},
    )
    reasons = forms.MultipleChoiceField(
        label=_("What was missing?"),
        choices=REASONS,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": SENTENCES["reason-missing"],
            "invalid_choice": SENTENCES["reason-missing"],
        },
    )
    comment = forms.CharField(
        label=_("Tell us how it could be better"),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 -- Django's own arguments
        """Want reasons, but not of whoever says yes."""
        super().__init__(*args, **kwargs)
        self.fields["reasons"].required = self.data.get("answered") != "yes"


def article(request: HttpRequest, article_name: str) -> HttpResponse:
    """GET shows it; POST keeps what was said of it, once the riddle was solved."""
    found = BY_NAME.get(article_name)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found, form=FeedbackForm(), is_said="thanks" in request.GET)
    form = FeedbackForm(request.POST)
    if form.is_valid() and _keep(request, found, form):
        return redirect(f"{request.path}?thanks#answered")
    return _page(request, found, form=form, status=WRONG)


def _keep(request: HttpRequest, found: Article, form: FeedbackForm) -> bool:
    now = clock.now()
    try:
        give_feedback(
            article=found.name,
            language=get_language() or "",
            of_version=found.updated_on,
            was_answered=form.cleaned_data["answered"] == "yes",
            reasons=form.cleaned_data["reasons"],
            comment=form.cleaned_data["comment"],
            is_human=is_human(request, now=now),
            now=now,
        )
    except Refusal as refusal:
        field = "reasons" if refusal.reason == "reason-missing" else None
        form.add_error(field, SENTENCES[refusal.reason])
        return False
    return True


def _page(
    request: HttpRequest,
    found: Article,
    *,
    form: FeedbackForm,
    is_said: bool = False,
    status: int = 200,
) -> HttpResponse:
    language = get_language() or "en"
    context: dict[str, Any] = {
        "article": found,
        "words": found.template(language),
        "author": AUTHOR,
        "others": [one for one in ARTICLES if one is not found],
        "form": form,
        "is_said": is_said,
        **riddle_context(language=language, now=clock.now()),
    }
    response = render(request, "help/article.html", context, status=status)
    response["Cache-Control"] = "no-store"  # each riddle is answered once
    return response
