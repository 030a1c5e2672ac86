"""Who gives appointments, and how clients see them."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _, gettext_lazy

from clientela.business.actions.add_professional import add_professional
from clientela.business.actions.update_professional import update_professional
from clientela.business.models import Professional
from clientela.policy.door_request import DoorRequest
from clientela.web.desk.settings.parts import SettingsForm
from clientela.web.desk.settings.shell import form_page, saved, settings_page
from clientela.web.desk.staff import desk_of

BACK = "settings-professionals"
# The hues whose neighbours stay apart for colour-blind eyes come first.
HUES = (
    (200, gettext_lazy("Blue-green")),
    (70, gettext_lazy("Amber")),
    (320, gettext_lazy("Pink")),
    (130, gettext_lazy("Green")),
    (20, gettext_lazy("Red")),
    (260, gettext_lazy("Blue")),
    (290, gettext_lazy("Violet")),
    (170, gettext_lazy("Jade")),
    (100, gettext_lazy("Olive")),
    (340, gettext_lazy("Rose")),
)


class ProfessionalForm(SettingsForm):
    """What is said of a professional."""

    plan = (
        ("", "", ("name", "title", "about", "email")),
        (
            gettext_lazy("At the desk"),
            gettext_lazy("The colour of their column and their appointments."),
            ("hue",),
        ),
        ("", "", ("is_online", "is_active")),
    )
    wide = frozenset({"name", "about", "hue"})

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    title = forms.CharField(
        label=gettext_lazy("What they do"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Such as “physiotherapist”; under the name on the booking page."),
    )
    about = forms.CharField(
        label=gettext_lazy("About them"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Email"),
        max_length=254,
        required=False,
        help_text=gettext_lazy("For messages about their appointments; clients never see it."),
    )
    hue = forms.TypedChoiceField(label=gettext_lazy("Colour"), coerce=int, choices=HUES)
    is_online = forms.BooleanField(
        label=gettext_lazy("Clients can choose them online"),
        help_text=gettext_lazy("Switched off, only the desk can book with them."),
        required=False,
    )
    is_active = forms.BooleanField(
        label=gettext_lazy("Works here"),
        help_text=gettext_lazy("Switched off, nothing new is booked; what is booked stays booked."),
        required=False,
    )


def professionals(request: DoorRequest, business: str) -> HttpResponse:
    """List the professionals, those who work here first."""
    rows = (
        Professional.objects.filter(business=request.business)
        .select_related("resource")
        .order_by("-resource__is_active", "resource__position", "resource_id")
    )
    return settings_page(
        request, "professionals", desk_of(request), title=_("Professionals"), rows=rows
    )


def new_professional(request: DoorRequest, business: str) -> HttpResponse:
    """Add somebody; they have no hours yet, so the hours come next."""
    desk = desk_of(request)
    count = Professional.objects.filter(business=desk.business).count()
    form = ProfessionalForm(request.POST or None, initial={"hue": HUES[count % len(HUES)][0]})
    for name in ("is_online", "is_active", "about"):
        del form.fields[name]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            add_professional(business=desk.business, by=desk.actor, now=desk.now, **given)

        text = _("Added. Now say when they work, and which services they give.")
        answer = saved(request, desk, form, act, then="settings-hours", text=text)
        if answer is not None:
            return answer
    return form_page(
        request,
        desk,
        form,
        title=_("New professional"),
        words=_("This is somebody clients book with. A log-in is made under “Staff and roles”."),
        back=BACK,
        trail=[(_("Professionals"), BACK)],
    )


def professional(request: DoorRequest, business: str, resource_id: UUID) -> HttpResponse:
    """Change what is said of somebody, or switch them off."""
    desk = desk_of(request)
    person = (
        Professional.objects.filter(business=desk.business, pk=resource_id)
        .select_related("resource")
        .first()
    )
    if person is None:
        raise Http404
    own = {name: getattr(person, name) for name in ("title", "about", "email", "is_online")}
    shared = {name: getattr(person.resource, name) for name in ("name", "hue", "is_active")}
    form = ProfessionalForm(request.POST or None, initial=own | shared)
    _keep_own_hue(form, person.resource.hue)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            update_professional(professional=person, by=desk.actor, now=desk.now, **given)

        answer = saved(request, desk, form, act, then=BACK)
        if answer is not None:
            return answer
    return form_page(
        request, desk, form, title=person.name, back=BACK, trail=[(_("Professionals"), BACK)]
    )


def _keep_own_hue(form: ProfessionalForm, hue: int) -> None:
    """A colour that came from an import stays choosable."""
    if hue not in dict(HUES):
        field = form.fields["hue"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101 -- declared above
        field.choices = [(hue, _("As now")), *HUES]
