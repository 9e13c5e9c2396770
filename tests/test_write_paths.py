"""No way in leads a number of a person out.

The ways are listed from the code (`write_paths/`): page types and every place in them, the models of the
admin, documents and images, and the forms of the public. A number is tried through each; afterwards it is in
nothing that a visitor can get and in no mail. The same is tried with harmless words, which do come out.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import models, transaction
from django.db.models.signals import pre_save
from django.test import Client
from django.test.utils import isolate_apps
from wagtail.models import Page, get_page_models

from contacts.models import Person
from gate import guard
from gate.errors import Blocked
from meetings.models import MeetingPage
from resources.models import ResourcePage, StandardPage
from resources.search.indexing import index_page
from tests.factories.contacts import PersonFactory
from tests.write_paths.instances import unpublished
from tests.write_paths.places import places_of
from tests.write_paths.public import everything_public
from tests.write_paths.texts import Text, harmless, secrets
from tests.write_paths.ways import WAYS, Attempt

PAGE_TYPES = get_page_models()
WRITTEN = [model for model in PAGE_TYPES if model is not Page]


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """LUMEN's fixed pages, once for all tests here."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _on_the_site(site: None, db: None) -> None:
    pass


@pytest.fixture
def editor() -> Person:
    return PersonFactory(editor=True)


@pytest.fixture
def admin(editor: Person) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def let_through(
    model: type[Page], text: Iterator[Text], fresh: Callable[[], Any], save: Callable[[Any], None]
) -> list[str]:
    """The places of the page type whose text could be saved as public."""
    through = []
    for place in places_of(model):
        page = fresh()
        try:
            with transaction.atomic():
                place.put(page, next(text))
                page.live = True
                save(page)
                through.append(place.name)
                transaction.set_rollback(True)
        except Blocked:
            pass
    return through


def save(page: Any) -> None:
    page.save()


class TestPlaces:
    """Every place of every page type, by code: the last thing before the database."""

    @pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model._meta.label)
    def test_no_place_of_a_page_takes_a_number(self, model: type[Page]) -> None:
        page = unpublished(model)

        def fresh() -> Any:
            return model.objects.get(pk=page.pk)

        assert let_through(model, secrets(), fresh, save) == []
        page, words = fresh(), harmless()
        for place in places_of(model):
            place.put(page, next(words))
        page.live = True
        page.save()


class ShoutField(models.Field):
    """A field that nobody knew of when the gate was built; its value is no text to look at."""

    def get_internal_type(self) -> str:
        return "TextField"


class TestNewPageType:
    """A page type of tomorrow: that the list above catches one that forgets the gate."""

    def let_through(self, model: type[Page]) -> list[str]:
        def fresh() -> Page:
            return model(title="Nytt", slug="nytt")

        def about_to_save(page: Page) -> None:
            pre_save.send(type(page), instance=page, raw=False, using="default", update_fields=None)

        return let_through(model, secrets(), fresh, about_to_save)

    @isolate_apps("resources")
    def test_one_with_fields_of_its_own_has_nothing_to_do(self) -> None:
        class Bulletin(Page):
            news = models.TextField("nyheter", blank=True)
            source = models.JSONField("källor", default=dict)

            class Meta:
                app_label = "resources"

        assert {"news", "source"} <= {place.name for place in places_of(Bulletin)}
        assert self.let_through(Bulletin) == []

    @isolate_apps("resources")
    def test_one_whose_text_is_not_walked_is_caught(self) -> None:
        class Shouted:
            def __init__(self, words: str) -> None:
                self.words = words

        class Bulletin(Page):
            news = ShoutField("nyheter", default="")

            class Meta:
                app_label = "resources"

            def __setattr__(self, name: str, value: Any) -> None:
                super().__setattr__(name, Shouted(value) if name == "news" and value else value)

        assert self.let_through(Bulletin) == ["news"]

    @isolate_apps("resources")
    def test_so_is_a_gate_that_is_taken_away(self, monkeypatch: pytest.MonkeyPatch) -> None:
        class Bulletin(Page):
            class Meta:
                app_label = "resources"

        monkeypatch.setattr(guard, "blocking", lambda instance: [])
        assert self.let_through(Bulletin) == [place.name for place in places_of(Bulletin)]


def found_in_public(tried: dict[str, Text]) -> set[tuple[str, str]]:
    """Which of the texts came out, and where."""
    for page in Page.objects.filter(depth__gt=1):
        index_page(page.pk)  # as when a transaction is committed, which these never are
    public = everything_public()
    assert len(public) > 20
    return {(name, where) for name, text in tried.items() for where, body in public.items() if text.stands_in(body)}


class TestWays:
    """Every way to publish, for every page type, each time with another place."""

    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    def test_a_number_comes_out_by_no_way(self, way: Callable[[Attempt], None], admin: Client, editor: Person) -> None:
        texts, tried = secrets(), {}
        pages = [unpublished(model) for model in WRITTEN]
        for turn, page in enumerate(pages):
            places = [place for place in places_of(type(page)) if not place.is_tag]
            place = places[(WAYS.index(way) * 7 + turn * 5) % len(places)]
            tried[f"{page._meta.label}: {place.name}"] = text = next(texts)
            way(Attempt(admin, editor, page, place, text))
        assert found_in_public(tried) == set()

    def test_a_draft_shows_nothing_of_itself(self) -> None:
        """A page that has never been published has its draft in its own row, beside the published ones."""
        texts, tried = secrets(), {}
        for page in [unpublished(model) for model in WRITTEN]:
            for place in places_of(type(page)):
                if not place.is_tag:
                    tried[f"{page._meta.label}: {place.name}"] = text = next(texts)
                    place.put(page, text)
            try:
                page.save()
            except Blocked:  # What the pages below have in their address; without it, it is stored.
                page.slug = f"utkast-{page.pk}"
                page.save()
        assert found_in_public(tried) == set()

    @pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
    def test_harmless_words_do(self, way: Callable[[Attempt], None], admin: Client, editor: Person) -> None:
        text = next(harmless())
        model = (StandardPage, ResourcePage, MeetingPage)[WAYS.index(way) % 3]
        lead = next(place for place in places_of(model) if place.name == "lead")
        way(Attempt(admin, editor, unpublished(model), lead, text))
        assert found_in_public({"lead": text})
