"""The meeting itself: time, place, agenda, speakers and materials."""

import uuid
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from taggit.models import ItemBase
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, PageManager
from wagtail.query import PageQuerySet

from resources.blocks import BodyBlock
from resources.models import Theme
from resources.models.pages import BodyPage

from ..enums import MaterialMoment, MeetingFormat


class MeetingIndexPage(BodyPage):
    """All meetings: the coming ones first."""

    template = "pages/meeting_index_page.html"
    max_count = 1
    parent_page_types: ClassVar[list[str]] = ["resources.HomePage"]
    subpage_types: ClassVar[list[str]] = ["meetings.MeetingPage"]

    class Meta:
        verbose_name = "mötessamling"


class MeetingQuerySet(PageQuerySet):
    def coming(self, now: datetime | None = None) -> "MeetingQuerySet":
        """Meetings that have not ended, the next first."""
        return self.filter(ends_at__gt=now or timezone.now()).order_by("starts_at")

    def past(self, now: datetime | None = None) -> "MeetingQuerySet":
        """Meetings that have ended, the latest first."""
        return self.filter(ends_at__lte=now or timezone.now()).order_by("-starts_at")


class MeetingTheme(ItemBase):
    tag = models.ForeignKey(Theme, models.CASCADE, related_name="tagged_meetings")
    content_object = ParentalKey("meetings.MeetingPage", on_delete=models.CASCADE, related_name="tagged_themes")


class MeetingPage(BodyPage):
    """A meeting of the forum."""

    template = "pages/meeting_page.html"
    parent_page_types: ClassVar[list[str]] = ["meetings.MeetingIndexPage"]
    subpage_types: ClassVar[list[str]] = []

    # Null while it is a draft; publishing demands them.
    starts_at = models.DateTimeField("börjar", null=True, blank=True)
    ends_at = models.DateTimeField("slutar", null=True, blank=True)
    format = models.CharField("form", max_length=10, choices=MeetingFormat, default=MeetingFormat.DIGITAL)
    place = models.CharField("plats", max_length=250, blank=True)
    join_url = models.URLField("länk till mötet", blank=True, help_text="Visas bara för den som är anmäld.")
    change_note = models.CharField(
        "vad har ändrats?",
        max_length=300,
        blank=True,
        help_text="Behövs när tid eller plats ändras efter publicering. Skickas till alla inbjudna och anmälda.",
    )
    summary_after = StreamField(BodyBlock(), verbose_name="sammanfattning efter mötet", blank=True)
    recording_url = models.URLField("länk till inspelning", blank=True)
    framework_parts = ParentalManyToManyField(
        "resources.FrameworkPartPage", blank=True, related_name="meetings", verbose_name="delar av ramverket"
    )
    themes = ClusterTaggableManager(
        through="meetings.MeetingTheme", blank=True, verbose_name="teman", related_name="meetings"
    )

    objects = PageManager.from_queryset(MeetingQuerySet)()

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=True) | models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            )
        ]


class AgendaItem(ClusterableModel, Orderable):
    """A point of the agenda. Times are wall-clock times of the meeting's day."""

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda_items")
    start = models.TimeField("från")
    end = models.TimeField("till", null=True, blank=True)
    title = models.CharField("punkt", max_length=200)
    description = models.TextField("beskrivning", blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "dagordning"


class Speaker(Orderable):
    """Somebody who presents an agenda item; the organisation matters more than the name."""

    item = ParentalKey(AgendaItem, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField("namn", max_length=150, blank=True)
    title = models.CharField("titel", max_length=150, blank=True)
    organisation = models.ForeignKey(
        "contacts.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organisation"
    )

    class Meta(Orderable.Meta):
        verbose_name = "medverkande"
        verbose_name_plural = "medverkande"


class Material(Orderable):
    """Something to read before the meeting, or what came out of it."""

    meeting = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="materials")
    moment = models.CharField("när", max_length=10, choices=MaterialMoment, default=MaterialMoment.BEFORE)
    title = models.CharField("titel", max_length=200, blank=True)
    resource = models.ForeignKey(
        "resources.ResourcePage", models.CASCADE, null=True, blank=True, related_name="+", verbose_name="material i LUMEN"
    )
    document = models.ForeignKey(
        "resources.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dokument"
    )
    url = models.URLField("webbadress", blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "material"
        verbose_name_plural = "material"


class CalendarEntry(models.Model):
    """What calendars have been told of a published meeting.

    It lies beside the page, not in it: a page's fields come back from an old revision, but SEQUENCE
    must never fall (RFC 5545, 3.8.7.4).
    """

    meeting = models.OneToOneField(MeetingPage, models.CASCADE, related_name="calendar", verbose_name="möte")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    # The material facts as last told. A difference at publishing raises SEQUENCE.
    title = models.CharField(max_length=255)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    location = models.CharField(max_length=250, blank=True)
    join_url = models.URLField(blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    change_note = models.CharField(max_length=300, blank=True)
    cancelled_at = models.DateTimeField("inställt", null=True, blank=True)
    cancellation_note = models.CharField("varför mötet ställs in", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="calendar_ends_after_it_starts")
        ]
