"""The base class of pages that may have a picture first."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from ..blocks import ALT_TEXT_HELP, DECORATIVE_HELP, TEXT_OR_DECORATION
from .body_page import BodyPage


class LeadPicturePage(BodyPage):
    """A page with an optional picture first, with its text for those who do not see it."""

    lead_picture = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bild överst",
        help_text="Visas beskuren på bredden före innehållet, och liten på kort. Bildens fokusområde syns alltid.",
    )
    lead_picture_alt = models.CharField(
        "bildens textalternativ", max_length=250, blank=True, default="", db_default="", help_text=ALT_TEXT_HELP
    )
    lead_picture_decorative = models.BooleanField(
        "bilden är bara dekoration", default=False, db_default=False, help_text=DECORATIVE_HELP
    )

    lead_picture_panels: ClassVar[list[Any]] = [
        MultiFieldPanel(
            [FieldPanel("lead_picture"), FieldPanel("lead_picture_alt"), FieldPanel("lead_picture_decorative")],
            heading="Bild överst",
        )
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.lead_picture_id and bool(self.lead_picture_alt) == self.lead_picture_decorative:
            raise ValidationError({"lead_picture_alt": TEXT_OR_DECORATION})

    @property
    def approved_picture(self) -> Any:
        """The lead picture, if visitors may see it; else None."""
        return self.lead_picture if self.lead_picture and self.lead_picture.is_approved else None

    def search_text(self) -> str:
        alt = self.lead_picture_alt if self.lead_picture_id else ""
        return f"{super().search_text()} {alt}".strip()
