"""The newest material as an Atom feed."""

from collections.abc import Iterable
from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware

from outbox.links import absolute

from .models import ResourcePage

NEWEST = 30


class ResourceFeed(Feed):
    """The feed of public material, the latest published first. Addresses are absolute, from BASE_URL."""

    feed_type = Atom1Feed
    title = "Nytt material i LUMEN"
    subtitle = "Checklistor, mallar, rapporter och erfarenheter om arbetet mot välfärdsbrott."
    link = absolute("/material/")
    feed_url = absolute("/material/feed/")

    def items(self) -> Iterable[ResourcePage]:
        return ResourcePage.objects.on_display().order_by("-first_published_at", "-pk").for_lists()[:NEWEST]

    def item_title(self, item: ResourcePage) -> str:
        return item.title

    def item_description(self, item: ResourcePage) -> str:
        return item.lead

    def item_link(self, item: ResourcePage) -> str:
        # url_path begins with the slug of the start page, which is no part of the address.
        return absolute(item.get_url())

    def item_guid(self, item: ResourcePage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_author_name(self, item: ResourcePage) -> str:
        return item.producer_name

    def item_pubdate(self, item: ResourcePage) -> datetime | None:
        """The producer's date of publication if it is known, as in the library; otherwise that of the page."""
        if item.published_on and item.published_text:
            return make_aware(datetime.combine(item.published_on, time.min))
        return item.first_published_at

    def item_updateddate(self, item: ResourcePage) -> datetime | None:
        return item.last_published_at
