"""The base class of the page types of every room."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.search import index

from gate.desk.page_forms import DeskPageForm

from ..blocks import BodyBlock


def on_display(pages: PageQuerySet) -> PageQuerySet:
    """Those that anybody may see now: published, open to all and not past their last day."""
    # Wagtail unpublishes expired pages by a scheduled command; until its next run they are still `live`.
    return pages.live().public().filter(models.Q(expire_at__isnull=True) | models.Q(expire_at__gt=timezone.now()))


class BodyPageQuerySet(PageQuerySet):
    def on_display(self) -> "BodyPageQuerySet":
        """Those that anybody may see now."""
        return on_display(self)


class BodyPage(Page):
    """The base class of our pages: a lead, a body, and the text for the search."""

    lead = models.TextField("ingress", blank=True, help_text="En eller två meningar överst på sidan.")
    body = StreamField(BodyBlock(), verbose_name="innehåll", blank=True)

    objects = PageManager.from_queryset(BodyPageQuerySet)()

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    ]
    # One tab, with the same name on every page.
    promote_panels: ClassVar[list[Any]] = [*Page.promote_panels, *Page.settings_panels]
    settings_panels: ClassVar[list[Any]] = []
    search_fields: ClassVar[list[Any]] = [*Page.search_fields, index.SearchField("lead"), index.SearchField("body")]

    base_form_class = DeskPageForm

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"breadcrumbs": self._breadcrumbs(request)}

    def _breadcrumbs(self, request: HttpRequest) -> list[dict[str, str]]:
        """The pages above this one, from the start page down. Drafts are left out, as their titles are not public."""
        above = self.get_ancestors().live().filter(depth__gt=1) if self.depth and self.depth > 2 else []
        return [{"title": "Start" if page.depth == 2 else page.title, "url": page.get_url(request)} for page in above]

    def search_text(self) -> str:
        """The running text that the search reads and shows excerpts of, beside title and lead."""
        return " ".join(self.body.stream_block.get_searchable_content(self.body))

    def search_words(self) -> str:
        """What the page is sorted by, such as its themes, one a line; it weighs more than running text."""
        return ""

    def search_label(self) -> str:
        """What kind of page it is, as a hit shows it."""
        return capfirst(str(self._meta.verbose_name))

    def search_meta(self) -> str:
        """Who made it and when, as a hit shows it."""
        return ""
