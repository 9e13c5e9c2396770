"""The demo's drafts: one that waits in Sakgranskning, and one that was read by a link and commented on."""

from datetime import timedelta

from django.utils import timezone

from contacts.models import Person
from resources.drafts.actions import comment_on_draft, share_draft
from resources.models import ResourceIndexPage, ResourcePage

from .pages import add_resource
from .reading import read

LINK_LASTS = timedelta(days=30)


def fill_drafts(by: Person) -> int:
    """Create the drafts that are missing; return how many."""
    index = ResourceIndexPage.objects.get()
    missing = [d for d in read("drafts")["draft"] if not ResourcePage.objects.filter(slug=d["slug"]).exists()]
    for content in missing:
        page = add_resource(index, content, by, live=False)
        page.save_revision(user=by)
        if content.get("asks_reviewers"):
            page.get_workflow().start(page, by)
        if "shared_with" in content:
            last_day = timezone.localdate() + LINK_LASTS
            link, _ = share_draft(page=page, for_whom=content["shared_with"], last_day=last_day, by=by)
            comment_on_draft(link=link, name=content["comment_by"], text=content["comment"])
    return len(missing)
