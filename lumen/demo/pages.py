"""The demo's pages and material."""

from datetime import date, datetime, time
from typing import Any, TypeVar

from django.utils.timezone import make_aware
from wagtail.models import Page

from contacts.models import Organisation, Person
from meetings.models import MeetingIndexPage
from resources.bare_addresses import leads_deep
from resources.models import (
    BodyPage,
    Category,
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    ResourceFile,
    ResourceIndexPage,
    ResourceLink,
    ResourcePage,
    StandardPage,
    Theme,
    ThemeIndexPage,
    ThemePage,
)

from .files import add_document, lead_picture
from .reading import read
from .texts import paragraphs, stream

AnyPage = TypeVar("AnyPage", bound=Page)


def publish(page: AnyPage, by: Person, under: Page | None = None) -> AnyPage:
    """Publish the page as an editor would, so that it gets its history, search entry and references."""
    if under is not None:
        under.add_child(instance=page)
    page.save_revision(user=by).publish(user=by)
    return page


def _fill(page: BodyPage, content: dict[str, Any], by: Person) -> None:
    page.lead = content["summary"]
    page.body = stream(content.get("body", []))
    publish(page, by)


def fill_framework(by: Person) -> None:
    """Put the demo's texts on the framework and its five parts."""
    content = read("framework")
    _fill(FrameworkPage.objects.get(), content, by)
    for part in content["part"]:
        page = FrameworkPartPage.objects.get(slug=part["slug"])
        page.title, page.short_title = part["title"], part["short_title"]
        page.questions = paragraphs(part["questions"])
        _fill(page, part, by)


def fill_themes(by: Person) -> None:
    """Create the themes and a page for each."""
    index = ThemeIndexPage.objects.get()
    for content in read("themes")["theme"]:
        theme, _ = Theme.objects.get_or_create(slug=content["slug"], defaults={"name": content["name"]})
        if not ThemePage.objects.filter(theme=theme).exists():
            page = ThemePage(
                title=content["name"],
                slug=content["slug"],
                theme=theme,
                lead=content["summary"],
                body=stream(content.get("body", [])),
                **lead_picture(content),
            )
            publish(page, by, under=index)


def fill_resources(by: Person) -> int:
    """Create the material that is missing, with its files; return how many pages."""
    index = ResourceIndexPage.objects.get()
    missing = [r for r in read("resources")["resource"] if not ResourcePage.objects.filter(slug=r["slug"]).exists()]
    for content in missing:
        page = add_resource(index, content, by)
        publish(page, by)
        if page.published_on is None:
            # The publication day is unknown; only the day when it was added to LUMEN is set.
            known = make_aware(datetime.combine(content["published"], time(12)))
            ResourcePage.objects.filter(pk=page.pk).update(first_published_at=known)
    return len(missing)


def add_resource(index: ResourceIndexPage, content: dict[str, Any], by: Person, *, live: bool = True) -> ResourcePage:
    """Add the page of a piece of material, with its files, links and sorting."""
    links = whole_links(content)
    # The first link leads to the material itself, unless there is a file to download or it only leads to a site.
    opens = bool(links) and "file" not in content and leads_deep(links[0]["url"])
    page = ResourcePage(
        title=content["title"],
        slug=content["slug"],
        lead=content["summary"],
        kind=content["kind"],
        producer=Organisation.objects.get(name=content["producer"]),
        published_on=_published(content),
        published_precision=content.get("published_precision", "day").replace("unknown", "day"),
        reviewed_on=content.get("reviewed"),
        purpose=content["purpose"],
        level=content["level"],
        external_url=links[0]["url"] if opens else "",
        body=stream(_body(content)),
        live=live,
        **lead_picture(content),
    )
    index.add_child(instance=page)
    page.framework_parts.set(FrameworkPartPage.objects.filter(slug__in=content["framework_parts"]))
    for field, name in (
        ("sectors", "sectors"),
        ("areas", "areas"),
        ("arrangements", "arrangements"),
        ("audiences", "audiences"),
    ):
        getattr(page, field).set(Category.objects.filter(code__in=content.get(name, [])))
    page.themes.add(*Theme.objects.filter(slug__in=content["themes"]))
    page.keywords.add(*content.get("keywords", []))
    page.links.set([ResourceLink(**link) for link in links[opens:] if link["url"].startswith("http")])
    if "file" in content:
        page.files.add(ResourceFile(document=add_document(content, by)))
    return page


def _body(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The body, with the links to pages of ours last."""
    inside = [link for link in whole_links(content) if link["url"].startswith("/")]
    more = [{"type": "link_list", "title": "Läs mer i LUMEN", "links": inside}] if inside else []
    return [*content.get("body", []), *more]


def whole_links(content: dict[str, Any]) -> list[dict[str, str]]:
    """The links of the content; one to a page of a site stands there in two parts."""
    return [{"text": link["text"], "url": link["url"] + link.get("page", "")} for link in content.get("links", [])]


def _published(content: dict[str, Any]) -> date | None:
    return None if content.get("published_precision") == "unknown" else content.get("published")


def _way_in(way: dict[str, str]) -> dict[str, Any]:
    return {"title": way["title"], "text": way["text"], "page": None, "path": way["path"]}


def fill_pages(by: Person) -> None:
    """Put the demo's texts on the start page, the plain pages and the collections."""
    content = read("pages")
    home = HomePage.objects.get()
    home.title, home.lead = content["home"]["title"], content["home"]["lead"]
    home.ways_in = [{"type": "way_in", "value": _way_in(way)} for way in content["home"]["get_started"]]
    publish(home, by)
    for text in content["page"]:
        page = StandardPage.objects.get(slug=text["slug"])
        page.title = text["title"]
        _fill(page, text, by)
    for key, model in (("themes", ThemeIndexPage), ("resources", ResourceIndexPage), ("meetings", MeetingIndexPage)):
        page = model.objects.get()
        page.lead = content["intros"][key]["text"]
        publish(page, by)
