"""The page editor of a meeting: its tabs, what its form checks, and how a meeting is copied."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from contacts.widgets import OrganisationChooser, load_chosen
from resources.admin_forms import ThemedPageForm

from . import dates
from .widgets import KeepTextDateTimeInput, KeepTextTimeInput

# Taken by the addresses of registration, participants and themes (see urls.py).
RESERVED_SLUGS = {"anmalan", "deltagare", "tema"}
LONGEST_MEETING = timedelta(days=3)


class MeetingPageForm(ThemedPageForm):
    """Checks a meeting. A draft may be incomplete, but not contradictory."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Required only for publishing: Wagtail lifts this when a draft is saved.
        for name, message in (("starts_at", "Skriv när mötet börjar."), ("ends_at", "Skriv när mötet slutar.")):
            if name in self.fields:
                self.fields[name].required = True
                self.fields[name].error_messages["required"] = message
        if "agenda_items" in self.formsets:
            items = self.formsets["agenda_items"].forms
            load_chosen((row for item in items for row in item.formsets["speakers"].forms), "organisation")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", "Den adressen används redan av LUMEN. Välj en annan.")
        self._check_time(cleaned.get("starts_at"), cleaned.get("ends_at"))
        self._check_agenda(cleaned.get("starts_at"), cleaned.get("ends_at"))
        self._check_materials()
        return cleaned

    def _post_clean(self) -> None:
        """Add what stops the publication, when the fields have been set on the page."""
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for field, message in self.instance.publication_faults(self.instance.entry).items():
            if field not in self.errors:
                self.add_error(field if field in self.fields else None, message)

    def _check_time(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        if not starts_at or not ends_at:
            return
        if ends_at <= starts_at:
            self.add_error("ends_at", "Mötet måste sluta efter att det har börjat.")
        elif ends_at - starts_at > LONGEST_MEETING:
            self.add_error("ends_at", f"Ett möte kan vara högst {LONGEST_MEETING.days} dagar. Stämmer datumet?")

    def _check_agenda(self, starts_at: datetime | None, ends_at: datetime | None) -> None:
        for form in self._kept_forms("agenda_items"):
            start, end = form.cleaned_data.get("start"), form.cleaned_data.get("end")
            if start and end and end <= start:
                form.add_error("end", "Punkten måste sluta efter att den har börjat.")
            elif starts_at and ends_at:
                check_within_meeting(form, start, end, starts_at, ends_at)

    def _check_materials(self) -> None:
        for form in self._kept_forms("materials"):
            sources = [form.cleaned_data.get(name) for name in ("resource", "document", "url")]
            if sum(map(bool, sources)) != 1:
                form.add_error(None, "Välj ett material i LUMEN, ett dokument eller en webbadress (en av dem).")
            elif form.cleaned_data.get("url") and not form.cleaned_data.get("title"):
                form.add_error("title", "Skriv en titel till webbadressen.")

    def _kept_forms(self, relation: str) -> list[Any]:
        """The valid rows of a formset that are not about to be deleted."""
        formset = self.formsets.get(relation)
        if formset is None:
            return []
        return [
            form
            for form in formset.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]


def check_within_meeting(
    form: forms.ModelForm, start: time | None, end: time | None, starts_at: datetime, ends_at: datetime
) -> None:
    """Add an error to an agenda row outside the meeting. A meeting over several days is not checked."""
    opens, closes = timezone.localtime(starts_at), timezone.localtime(ends_at)
    if opens.date() != closes.date():
        return
    frame = f"Mötet är {dates.hours(opens, closes)}."
    if start and not opens.time() <= start < closes.time():
        form.add_error("start", f"Punkten ligger utanför mötet. {frame}")
    if end and end > closes.time():
        form.add_error("end", f"Punkten slutar efter mötet. {frame}")


class MeetingCopyForm(CopyForm):
    """Copies a meeting as a draft, never as an alias: the copy must get a time of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("alias", None)


TIME_PANELS: list[Any] = [FieldPanel(name, widget=KeepTextDateTimeInput) for name in ("starts_at", "ends_at")]
SPEAKER_PANELS: list[Any] = [
    FieldRowPanel(["name", "title"]),
    FieldPanel("organisation", widget=OrganisationChooser),
]
AGENDA_PANELS: list[Any] = [
    FieldRowPanel([FieldPanel("start", widget=KeepTextTimeInput), FieldPanel("end", widget=KeepTextTimeInput)]),
    "title",
    "description",
    InlinePanel("speakers", panels=SPEAKER_PANELS, heading="Medverkande", label="medverkande"),
]
MATERIAL_PANELS: list[Any] = ["moment", "title", "resource", "document", "url"]

MEETING_EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [
                TitleFieldPanel("title"),
                "lead",
                MultiFieldPanel(
                    [FieldRowPanel(TIME_PANELS), "format", "place", "join_url", "change_note"],
                    heading="Tid och plats",
                ),
                MultiFieldPanel(["reminds", "remind_days"], heading="Påminnelse till organisationer"),
                MultiFieldPanel(
                    ["themes", FieldPanel("framework_parts", widget=forms.CheckboxSelectMultiple)],
                    heading="Tema och ramverk",
                ),
                "body",
            ],
            heading="Innehåll",
        ),
        ObjectList(
            [
                HelpPanel(content="<p>Tiderna är klockslag under mötesdagen. De visas som ett schema på sidan.</p>"),
                InlinePanel("agenda_items", panels=AGENDA_PANELS, heading="Dagordning", label="punkt"),
            ],
            heading="Dagordning",
        ),
        ObjectList(
            [InlinePanel("materials", panels=MATERIAL_PANELS, heading="Material", label="material")],
            heading="Material",
        ),
        ObjectList(
            [
                HelpPanel(content="<p>Visas överst på sidan när mötet är över.</p>"),
                "summary_after",
                "recording_url",
            ],
            heading="Efter mötet",
        ),
        ObjectList(
            ["slug", "seo_title", "search_description", PublishingPanel(), CommentPanel()],
            heading="Adress och publicering",
        ),
    ],
    base_form_class=MeetingPageForm,
)
