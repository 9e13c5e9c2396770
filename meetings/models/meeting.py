"""The meeting itself: time, place, themes and what people are told of it."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.paginator import Paginator
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from taggit.models import ItemBase
from wagtail.actions import action_registry
from wagtail.fields import StreamField
from wagtail.models import PageManager, Revision
from wagtail.search import index

from resources.blocks import BodyBlock
from resources.models import FrameworkPartPage, Theme
from resources.models.body_page import BodyPage, BodyPageQuerySet

from .. import links
from ..enums import OPEN_STATES, TAKING_PART, MailOutKind, MaterialMoment, MeetingFormat, MeetingState
from ..errors import MeetingError
from ..page_editor import MEETING_EDIT_HANDLER, MeetingCopyForm
from .calendar import NOTE_LENGTH, TIME_AND_PLACE, CalendarEntry, Facts

if TYPE_CHECKING:
    from .invitation import MailOut

PAST_ON_A_PAGE = 20
LONGEST_NOTICE = 60  # days before the meeting that a reminder may go


class MeetingIndexPage(BodyPage):
    """All meetings: the coming ones first."""

    template = "pages/meeting_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["meetings.MeetingPage"]

    class Meta:
        verbose_name = "mötessamling"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Coming meetings first, then those that have been, and how to subscribe to them."""
        meetings = MeetingPage.objects.child_of(self).prefetch_related("tagged_themes__tag")
        past = Paginator(meetings.past(), PAST_ON_A_PAGE).get_page(request.GET.get("sida"))
        lists = {"coming": meetings.coming(), "past": past}
        return {**super().get_context(request, *args, **kwargs), **lists, **links.calendar_feed()}


class MeetingQuerySet(BodyPageQuerySet):
    def announced(self) -> "MeetingQuerySet":
        """Meetings that anybody may see, with their calendar entries."""
        return self.on_display().filter(calendar__isnull=False).select_related("calendar")

    def coming(self, now: datetime | None = None) -> "MeetingQuerySet":
        """Announced meetings that have not ended, the next first. Cancelled ones are among them."""
        return self.announced().filter(ends_at__gt=now or timezone.now()).order_by("starts_at")

    def past(self, now: datetime | None = None) -> "MeetingQuerySet":
        """Announced meetings that have ended, the latest first."""
        return self.announced().filter(ends_at__lte=now or timezone.now()).order_by("-starts_at")

    def not_cancelled(self) -> "MeetingQuerySet":
        """Those that are to be, or have been, held."""
        return self.filter(calendar__cancelled_at__isnull=True)

    def in_calendars(self) -> "MeetingQuerySet":
        """Published meetings that somebody has been told of, also those held or cancelled: their pages stay."""
        told = models.Q(invited_organisations__isnull=False) | models.Q(registrations__isnull=False)
        return self.filter(told, calendar__isnull=False).distinct()

    def with_counts(self) -> "MeetingQuerySet":
        """With `invited_count`, organisations, and `registered_count`, people who take part.

        Each is counted for the rows that are fetched alone: a join would multiply invitations by registrations.
        """
        taking_part = {"registrations__status__in": TAKING_PART}
        return self.annotate(
            invited_count=self._number_of("invited_organisations"),
            registered_count=self._number_of("registrations", **taking_part),
        )

    def _number_of(self, relation: str, **conditions: Any) -> Coalesce:
        rows = MeetingPage.objects.filter(pk=models.OuterRef("pk"), **conditions).order_by()
        return Coalesce(models.Subquery(rows.values("pk").annotate(n=models.Count(relation)).values("n")), 0)

    def on_theme(self, theme: Theme) -> "MeetingQuerySet":
        return self.filter(tagged_themes__tag=theme)

    def on_part(self, part: FrameworkPartPage) -> "MeetingQuerySet":
        """Those that belong to the part of the framework."""
        return self.filter(framework_parts=part)


class MeetingTheme(ItemBase):
    tag = models.ForeignKey(Theme, models.CASCADE, related_name="tagged_meetings")
    content_object = ParentalKey("meetings.MeetingPage", on_delete=models.CASCADE, related_name="tagged_themes")


class MeetingPage(BodyPage):
    """A meeting of the forum."""

    DIGITAL_LOCATION = "Digitalt möte"

    template = "pages/meeting_page.html"
    parent_page_types: ClassVar[list[str]] = ["meetings.MeetingIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    # Null while it is a draft; publishing demands them.
    starts_at = models.DateTimeField("börjar", null=True, blank=True)
    ends_at = models.DateTimeField("slutar", null=True, blank=True)
    format = models.CharField("form", max_length=10, choices=MeetingFormat, default=MeetingFormat.DIGITAL)
    place = models.CharField("plats", max_length=250, blank=True)
    # Video services give out addresses of several hundred characters.
    join_url = models.URLField(
        "länk till mötet",
        max_length=1000,
        blank=True,
        help_text="Visas bara för den som är anmäld. Ändras den mejlas alla anmälda när du publicerar.",
    )
    change_note = models.CharField(
        "vad har ändrats?",
        max_length=NOTE_LENGTH,
        blank=True,
        help_text="Behövs när tid eller plats ändras efter publicering. "
        "När du publicerar mejlas texten direkt till alla inbjudna och anmälda.",
    )
    reminds = models.BooleanField(
        "påminn dem som inte har någon anmäld",
        default=True,
        db_default=True,
        help_text="Kontaktpersonerna får ett mejl, en enda gång, om ingen från organisationen är anmäld och ingen har "
        "tackat nej.",
    )
    remind_days = models.PositiveSmallIntegerField(
        "dagar före mötet",
        default=7,
        db_default=7,
        validators=[
            MinValueValidator(1, "Skriv minst 1 dag."),
            MaxValueValidator(LONGEST_NOTICE, f"Skriv högst {LONGEST_NOTICE} dagar."),
        ],
        help_text="Påminnelsen går klockan 9. Flyttas mötet följer den med.",
    )
    summary_after = StreamField(BodyBlock(), verbose_name="sammanfattning efter mötet", blank=True)
    recording_url = models.URLField("länk till inspelning", max_length=1000, blank=True)
    framework_parts = ParentalManyToManyField(
        "resources.FrameworkPartPage", blank=True, related_name="meetings", verbose_name="delar av ramverket"
    )
    themes = ClusterTaggableManager(
        through="meetings.MeetingTheme", blank=True, verbose_name="teman", related_name="meetings"
    )

    objects = PageManager.from_queryset(MeetingQuerySet)()

    edit_handler = MEETING_EDIT_HANDLER
    copy_form_class = MeetingCopyForm
    exclude_fields_in_copy: ClassVar[list[str]] = ["change_note", "summary_after", "recording_url"]
    search_fields: ClassVar[list[Any]] = [*BodyPage.search_fields, index.FilterField("starts_at")]

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True)
                | models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message="Mötet måste sluta efter att det har börjat.",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["starts_at"], name="meetings_by_start"),
            models.Index(fields=["ends_at"], name="meetings_by_end"),
        ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The meeting's state, agenda and material. The join link is not among it: it is for participants."""
        state = self.state()
        materials = [m for m in self.materials.all().select_related("resource", "document__screening") if m.is_public]
        return {
            **super().get_context(request, *args, **kwargs),
            "state": state,
            "is_open": state in OPEN_STATES,
            "is_past": state == MeetingState.PAST,
            "is_cancelled": state == MeetingState.CANCELLED,
            "cancellation_note": self.entry.cancellation_note if self.entry else "",
            "agenda": self.agenda_items.all().prefetch_related("speakers__organisation"),
            "themes": [tagged.tag for tagged in self.tagged_themes.all().select_related("tag__page")],
            "before": [material for material in materials if material.moment == MaterialMoment.BEFORE],
            "after": [material for material in materials if material.moment == MaterialMoment.AFTER],
            "parts": [part for part in self.framework_parts.all() if part.live],
        }

    @cached_property
    def path_of_page(self) -> str:
        """Where the page is, or will be, on the site."""
        parts = self.get_url_parts()
        return parts[2] if parts and parts[2] else f"/moten/{self.slug}/"

    @property
    def public_url(self) -> str:
        return links.meeting_page(self)

    @property
    def location(self) -> str:
        """Where the meeting is, without the join link."""
        if self.format == MeetingFormat.DIGITAL:
            return self.DIGITAL_LOCATION
        return f"{self.place} och digitalt" if self.format == MeetingFormat.BOTH else self.place

    @property
    def facts(self) -> Facts | None:
        """What calendars would be told of the page as it is, or None while it lacks a time."""
        if self.starts_at is None or self.ends_at is None:
            return None
        return Facts(self.title, self.starts_at, self.ends_at, self.location, self.join_url)

    @property
    def entry(self) -> CalendarEntry | None:
        """What calendars have been told, or None before the meeting has been published."""
        return getattr(self, "calendar", None)

    @property
    def invitation_mail_out(self) -> "MailOut | None":
        """The mail-out of the invitation, if it has begun."""
        return self.mail_outs.filter(kind=MailOutKind.INVITATION).first()

    @property
    def is_cancelled(self) -> bool:
        return self.entry is not None and self.entry.cancelled_at is not None

    @property
    def is_in_calendars(self) -> bool:
        """Whether somebody has been told of the meeting, as invited or registered."""
        return MeetingPage.objects.filter(pk=self.pk).in_calendars().exists()

    @property
    def is_past(self) -> bool:
        return self.ends_at is not None and self.ends_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        """Whether one may be invited and register: published, not cancelled and not over."""
        entry = getattr(self, "calendar", None)
        return self.live and entry is not None and not entry.cancelled_at and entry.ends_at > timezone.now()

    def state(self, now: datetime | None = None) -> MeetingState:
        """The state of the meeting at a moment (now by default)."""
        now = now or timezone.now()
        if self.is_cancelled:
            return MeetingState.CANCELLED
        if not self.live or self.entry is None or self.starts_at is None or self.ends_at is None:
            return MeetingState.DRAFT
        if self.ends_at <= now:
            return MeetingState.PAST
        if self.starts_at <= now:
            return MeetingState.ONGOING
        today = timezone.localdate(now) == timezone.localdate(self.starts_at)
        return MeetingState.TODAY if today else MeetingState.COMING

    def refuse_to_vanish(self) -> None:
        """Raise MeetingError if taking the page away would leave people with a meeting in their calendars."""
        if not self.is_in_calendars:
            return
        if self.is_cancelled:
            raise MeetingError(
                f"Mötet {self.title} är inställt, men det finns inbjudna eller anmälda. "
                "Sidan ska ligga kvar, så att de ser att det är inställt."
            )
        if self.is_past:
            raise MeetingError(
                f"Mötet {self.title} har hållits och det finns inbjudna eller anmälda. Sidan ska ligga kvar."
            )
        raise MeetingError(f"Mötet {self.title} står i deltagarnas kalendrar. Ställ in det, så får alla besked.")

    def publication_faults(self, entry: CalendarEntry | None) -> dict[str, str]:
        """What stands in the way of publishing the meeting as it is: a Swedish sentence for each field.

        `entry` is what calendars have been told, None if the meeting has never been published.
        """
        faults = {}
        if self.starts_at is None:
            faults["starts_at"] = "Skriv när mötet börjar."
        if self.ends_at is None:
            faults["ends_at"] = "Skriv när mötet slutar."
        elif self.starts_at is not None and self.ends_at <= self.starts_at:
            faults["ends_at"] = "Mötet måste sluta efter att det har börjat."
        if self.format != MeetingFormat.DIGITAL and not self.place.strip():
            faults["place"] = "Skriv var mötet hålls."
        if self.expire_at:
            # Wagtail would unpublish the page without telling anybody's calendar.
            faults["expire_at"] = "Ett möte kan inte avpubliceras av sig självt. Ställ in det i stället."
        return faults or (self._change_faults(entry) if entry else {})

    def _change_faults(self, entry: CalendarEntry) -> dict[str, str]:
        """What is missing for a change of time or place that people have in their calendars."""
        facts = self.facts
        if facts is None or not facts.differences(entry.facts) & TIME_AND_PLACE:
            return {}
        if entry.ends_at <= timezone.now() < facts.ends_at and self.is_in_calendars:
            return {"starts_at": "Mötet har hållits. Kopiera det i stället, så blir det ett nytt möte."}
        if entry.cancelled_at:
            return {"starts_at": "Mötet är inställt. Gör ett nytt möte i stället för att ändra tid eller plats."}
        if entry.ends_at <= timezone.now():
            return {}  # Nobody is told of a correction to a meeting that is over.
        if facts.starts_at != entry.starts_at and facts.starts_at <= timezone.now() and self.is_in_calendars:
            return {"starts_at": "Den tiden har redan varit. Välj en tid som inte har passerat."}
        note = self.change_note.strip()
        if not note:
            return {"change_note": "Tid eller plats har ändrats. Skriv kort vad, så att alla får veta."}
        if note == entry.change_note:
            return {"change_note": "Den här texten har redan skickats. Skriv vad som har ändrats nu."}
        return {}

    def search_text(self) -> str:
        """Adds the agenda and the summary, which people look for afterwards."""
        items = [f"{item.title} {item.description} {item.presenters}" for item in self.agenda_items.all()]
        summary = self.summary_after.stream_block.get_searchable_content(self.summary_after)
        return " ".join([super().search_text(), *items, *summary])

    def search_words(self) -> str:
        return "\n".join(theme.name for theme in self.themes.all())

    def publish(
        self,
        revision: Revision,
        user: Any = None,
        changed: bool = True,
        log_action: bool | str = True,
        previous_revision: Revision | None = None,
        skip_permission_checks: bool = False,
    ) -> Any:
        """Publish through the action that is registered for meetings, which also tells the calendars.

        Raises ValidationError when time or place has changed without a new change note.
        """
        action_class = action_registry.get_action_class(type(self), "publish")
        action = action_class(
            revision, user=user, changed=changed, log_action=log_action, previous_revision=previous_revision
        )
        return action.execute(skip_permission_checks=skip_permission_checks)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        self.refuse_to_vanish()
        return super().unpublish(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self.refuse_to_vanish()
        return super().delete(*args, **kwargs)
