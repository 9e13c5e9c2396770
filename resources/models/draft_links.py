"""Links by which somebody without an account looks at a page's draft, and what they say of it."""

from datetime import datetime
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from wagtail.models import Page

from gate.models import Screened

from .body_page import on_display

NAME_LENGTH = 100
COMMENT_LENGTH = 2_000


class DraftLinkQuerySet(models.QuerySet["DraftLink"]):
    def ended_by(self, moment: datetime) -> Self:
        """Those that had ended at the moment."""
        return self.filter(models.Q(last_day__lt=timezone.localdate(moment)) | models.Q(withdrawn_at__lte=moment))


class DraftLink(Screened):
    """A secret link to a page's draft, until a day. Only the hash of its token is stored: it is shown once."""

    not_typed = frozenset({"token_hash"})

    page = models.ForeignKey(Page, models.CASCADE, related_name="draft_links")
    for_whom = models.CharField("för vem", max_length=NAME_LENGTH, help_text="Till exempel: Referensgruppen.")
    last_day = models.DateField("till och med")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="draft_links", editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = DraftLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "länk till utkast"
        verbose_name_plural = "länkar till utkast"
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Utkastet till sidan {self.page_id} för {self.for_whom}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.last_day >= timezone.localdate()

    @property
    def published_page(self) -> Page | None:
        """The page, if anybody may read it."""
        return on_display(Page.objects.filter(pk=self.page_id)).first()


class DraftCommentQuerySet(models.QuerySet["DraftComment"]):
    def waiting(self) -> Self:
        """Those that no editor has taken care of."""
        return self.filter(handled_at=None)

    def about(self, page: Any) -> Self:
        return self.filter(link__page=page).select_related("link")


class DraftComment(Screened):
    """What somebody who looked at a draft has said of it."""

    link = models.ForeignKey(DraftLink, models.CASCADE, related_name="comments")
    name = models.CharField("namn", max_length=NAME_LENGTH)
    text = models.TextField("kommentar", max_length=COMMENT_LENGTH)
    created_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DraftCommentQuerySet.as_manager()

    class Meta:
        verbose_name = "kommentar på utkast"
        verbose_name_plural = "kommentarer på utkast"
        ordering: ClassVar[list[str]] = ["created_at", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"Kommentar {self.pk}"
