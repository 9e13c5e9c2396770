"""What a meeting consists of: agenda items, who speaks, and what there is to read."""

from django.db import models
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from ..enums import MaterialMoment


class AgendaItem(ClusterableModel, Orderable):
    """A point of the agenda. Times are wall-clock times of the meeting's day."""

    meeting = ParentalKey("meetings.MeetingPage", on_delete=models.CASCADE, related_name="agenda_items")
    start = models.TimeField("från")
    end = models.TimeField("till", null=True, blank=True)
    title = models.CharField("punkt", max_length=200)
    description = models.TextField("beskrivning", blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "dagordning"

    def __str__(self) -> str:
        return self.title

    @property
    def presenters(self) -> str:
        """The organisations that present the item, each once: `Sigtuna kommun och Göteborgs Stad`."""
        names = dict.fromkeys(speaker.organisation.name for speaker in self.speakers.all() if speaker.organisation)
        *first, last = names or [""]
        return f"{', '.join(first)} och {last}" if first else last


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

    meeting = ParentalKey("meetings.MeetingPage", on_delete=models.CASCADE, related_name="materials")
    moment = models.CharField("när", max_length=10, choices=MaterialMoment, default=MaterialMoment.BEFORE)
    title = models.CharField("titel", max_length=200, blank=True)
    resource = models.ForeignKey(
        "resources.ResourcePage",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="material i LUMEN",
    )
    document = models.ForeignKey(
        "resources.Document", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dokument"
    )
    url = models.URLField("webbadress", max_length=1000, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "material"
        verbose_name_plural = "material"

    @property
    def label(self) -> str:
        """The title given here, or that of what it points to."""
        if self.title:
            return self.title
        target = self.resource or self.document
        return target.title if target else self.url

    @property
    def is_public(self) -> bool:
        """Whether there is something to open: what is unpublished or not approved is not to be linked to."""
        return bool(self.address)

    @property
    def address(self) -> str:
        """Where it is: a path in LUMEN or an address elsewhere; "" when it is not public."""
        if self.resource:
            return (self.resource.url or "") if self.resource.live else ""
        if self.document:
            return self.document.public_url
        return self.url
