"""Pages, vocabulary and documents. The pages stand where LUMEN's own pages stand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import factory
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory
from wagtail.models import Collection, Page, Site
from wagtail_factories import ImageFactory as BaseImageFactory
from wagtail_factories import PageFactory

from gate.enums import ScreeningState
from gate.files.content import Content, content_of
from gate.models import FileScreening
from resources.drafts.actions import hash_of
from resources.enums import CategoryKind, Level, ResourceKind
from resources.models import (
    Category,
    Document,
    DocumentVersion,
    DraftComment,
    DraftLink,
    FrameworkPage,
    FrameworkPartPage,
    HomePage,
    Image,
    Keyword,
    ResourceFile,
    ResourceIndexPage,
    ResourceLink,
    ResourcePage,
    StandardPage,
    Synonym,
    Theme,
    ThemeIndexPage,
    ThemePage,
)
from resources.search.indexing import index_page
from screening.findings import RULES_VERSION, Verdict

from .contacts import OrganisationFactory

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


# Set before the page is saved, like an editor's form does.
RELATIONS = (
    "themes",
    "keywords",
    "framework_parts",
    "sectors",
    "areas",
    "arrangements",
    "audiences",
    "files",
    "links",
)


@dataclass(frozen=True)
class SiteTree:
    """The fixed pages of LUMEN."""

    home: HomePage
    framework: FrameworkPage
    parts: dict[str, FrameworkPartPage]
    themes: ThemeIndexPage
    library: ResourceIndexPage
    standard: dict[str, StandardPage]


def site_tree() -> SiteTree:
    """The fixed pages, which stand when a test begins."""
    return SiteTree(
        home=HomePage.objects.get(),
        framework=FrameworkPage.objects.get(),
        parts={part.slug: part for part in FrameworkPartPage.objects.all()},
        themes=ThemeIndexPage.objects.get(),
        library=ResourceIndexPage.objects.get(),
        standard={page.slug: page for page in StandardPage.objects.all()},
    )


def new_installation() -> None:
    """Leave no page, category or search entry but Wagtail's own welcome page, as `migrate` does."""
    Page.objects.filter(depth=2).first().delete()
    Category.objects.all().delete()
    welcome = Page.get_first_root_node().add_child(instance=Page(title="Welcome", slug="home"))
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)


def page_with_picture(image: Image, **fields: Any) -> Any:
    """A page that shows the image in its text."""
    return StandardPageFactory(body=body(f'<embed embedtype="image" id="{image.pk}" format="left" alt=""/>'), **fields)


def body(*html: str) -> list[tuple[str, str]]:
    """A body of text blocks."""
    return [("text", text) for text in html]


class _PublishedPageFactory(PageFactory):
    """A published page; `draft=True` for one that is not. Relations are given as lists."""

    class Meta:
        abstract = True

    class Params:
        draft = factory.Trait(live=False)

    @classmethod
    def _create_instance(cls, model_class: type[Page], parent: Page, kwargs: dict[str, Any]) -> Page:
        related = {name: kwargs.pop(name) for name in RELATIONS if name in kwargs}
        page = model_class(**kwargs)
        for name, rows in related.items():
            cls._relate(page, name, rows)
        parent.add_child(instance=page)
        index_page(page.pk)
        return page

    @classmethod
    def _relate(cls, page: Page, name: str, rows: list[Any]) -> None:
        if name in ("themes", "keywords"):
            getattr(page, name).set(rows)
        else:
            setattr(page, name, rows)


class HomePageFactory(_PublishedPageFactory):
    """The start page; there is only one, so this returns the one that stands."""

    class Meta:
        model = HomePage

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        home = HomePage.objects.get()
        for name in kwargs.keys() - {"parent", "title", "slug"}:
            setattr(home, name, kwargs[name])
        home.save()
        return home


class StandardPageFactory(_PublishedPageFactory):
    class Meta:
        model = StandardPage

    parent = factory.LazyFunction(lambda: HomePage.objects.get())
    title = factory.Sequence(lambda n: f"Vanlig sida {n}")
    lead = "Det här är en vanlig sida."
    body = factory.LazyFunction(lambda: body("<h2>Rubrik</h2><p>Löpande text.</p>"))


class FrameworkPageFactory(_PublishedPageFactory):
    """The framework; there is only one, so this returns the one that stands."""

    class Meta:
        model = FrameworkPage

    @classmethod
    def _create(cls, model_class: type[Page], *args: Any, **kwargs: Any) -> Page:
        return FrameworkPage.objects.get()


class FrameworkPartPageFactory(_PublishedPageFactory):
    """A part of the framework; the five that belong there stand already."""

    class Meta:
        model = FrameworkPartPage
        django_get_or_create = ("parent", "slug")

    parent = factory.LazyFunction(lambda: FrameworkPage.objects.get())
    title = "Förebygga"
    short_title = factory.SelfAttribute("title")
    lead = "Bygg förmåga."


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme

    name = factory.Sequence(lambda n: f"Tema {n}")
    summary = "Vad temat handlar om."


class KeywordFactory(DjangoModelFactory):
    class Meta:
        model = Keyword

    name = factory.Sequence(lambda n: f"Nyckelord {n}")


class CategoryFactory(DjangoModelFactory):
    """A category beside those that LUMEN comes with."""

    class Meta:
        model = Category

    kind = CategoryKind.AREA
    name = factory.Sequence(lambda n: f"Område {n}")
    slug = factory.Sequence(lambda n: f"omrade-{n}")


class ThemePageFactory(_PublishedPageFactory):
    class Meta:
        model = ThemePage

    parent = factory.LazyFunction(lambda: ThemeIndexPage.objects.get())
    theme = factory.SubFactory(ThemeFactory)
    title = factory.SelfAttribute("theme.name")
    lead = "Vad temat handlar om."
    body = factory.LazyFunction(lambda: body("<p>Mer om temat.</p>"))


class _ScreenedFileFactory(DjangoModelFactory):
    """A file whose content is known to be clean, so that no test waits for the process that reads it.

    `unread=True` leaves the screening to the model, as an upload does.
    """

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        unread = kwargs.pop("unread", False)
        file = kwargs.get("file")
        if file and not unread:
            known_as(Verdict.CLEAN, content_of(file))
        return super()._create(model_class, *args, **kwargs)


def known_as(verdict: Verdict, content: Content, **fields: Any) -> FileScreening:
    """Today's rules have said this of the content; what can be approved is approved unless `approved_at` is given."""
    now = timezone.now()
    approved_at = now if verdict in (Verdict.WARN, Verdict.UNSCREENED) else None
    row, _ = FileScreening.objects.update_or_create(
        digest=content.digest,
        suffix=content.suffix,
        defaults={
            "size": content.size,
            "state": ScreeningState.DONE,
            "verdict": verdict,
            "rules": RULES_VERSION,
            "screened_at": now,
            "text_read_at": now,  # as if there were none, so that no test waits for the process that reads it
            "approved_at": approved_at,
            **fields,
        },
    )
    return row


class DraftLinkFactory(DjangoModelFactory):
    """An open link to a draft; `token` is what stands in its address."""

    class Meta:
        model = DraftLink

    class Params:
        token = "hemlig"

    page = factory.SubFactory("tests.factories.resources.ResourcePageFactory", draft=True)
    for_whom = "Referensgruppen"
    last_day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))
    token_hash = factory.LazyAttribute(lambda o: hash_of(o.token))


class DraftCommentFactory(DjangoModelFactory):
    class Meta:
        model = DraftComment

    link = factory.SubFactory(DraftLinkFactory)
    name = "Kim Läsare"
    text = "Stycke två är oklart."


class DocumentFactory(_ScreenedFileFactory):
    """A small PDF; `file__data`-like variants are given as `content` and `filename`."""

    class Meta:
        model = Document

    class Params:
        content = PDF
        filename = factory.Sequence(lambda n: f"dokument-{n}.pdf")

    title = factory.Sequence(lambda n: f"Dokument {n}")
    collection = factory.LazyFunction(Collection.get_first_root_node)
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name=o.filename))
    file_size = factory.LazyAttribute(lambda o: len(o.content))


class DocumentVersionFactory(_ScreenedFileFactory):
    """The next version of a document, a draft; `earlier=True` for one that was current before."""

    class Meta:
        model = DocumentVersion

    class Params:
        content = PDF + b"% nytt"
        filename = "ny.pdf"
        earlier = factory.Trait(published_at=factory.LazyFunction(timezone.now))

    document = factory.SubFactory(DocumentFactory)
    number = factory.LazyAttribute(lambda o: o.document.version + 1)
    title = factory.LazyAttribute(lambda o: o.document.title)
    note = "Avsnitt tre är omskrivet."
    file = factory.LazyAttribute(lambda o: ContentFile(o.content, name=o.filename))


class ImageFactory(_ScreenedFileFactory, BaseImageFactory):
    class Meta:
        model = Image

    title = "En bild"
    collection = factory.LazyFunction(Collection.get_first_root_node)

    @classmethod
    def _create(cls, *args: Any, **kwargs: Any) -> Any:
        # Wagtail keeps renditions there by the image's id, and no test's roll-back empties it.
        cache.clear()
        return super()._create(*args, **kwargs)


class ResourcePageFactory(_PublishedPageFactory):
    """Published material.

    Traits: `draft`, `external` (lies at the producer's), `with_file` (a document to download).
    Relations are lists: `themes`, `keywords`, `framework_parts`, `sectors`, `areas`, `arrangements`,
    `audiences`, `files` (of ResourceFile), `links` (of ResourceLink).
    """

    class Meta:
        model = ResourcePage

    class Params:
        external = factory.Trait(
            external_url="https://www.example.org/rapport",
            links=factory.LazyFunction(lambda: [ResourceLink(text="Läs mer", url="https://www.example.org/")]),
        )
        with_file = factory.Trait(
            files=factory.LazyFunction(lambda: [ResourceFile(document=DocumentFactory(), description="Att skriva ut")])
        )

    parent = factory.LazyFunction(lambda: ResourceIndexPage.objects.get())
    title = factory.Sequence(lambda n: f"Exempel: Material {n}")
    kind = ResourceKind.REPORT
    level = Level.START
    lead = "Två meningar om materialet. De visas i listor."
    producer = factory.SubFactory(OrganisationFactory)
    published_on = date(2025, 10, 1)
    body = factory.LazyFunction(lambda: body("<h2>Innehåll</h2><p>Löpande text.</p>"))


class SynonymFactory(DjangoModelFactory):
    """What editors have said means the same."""

    class Meta:
        model = Synonym

    phrase = factory.Sequence(lambda n: f"påhittat ord {n}")
    means = "felaktiga utbetalningar"
