"""Search in Swedish: what is found, in which order, and that any string gets an answer."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, ReferenceIndex

from resources.enums import CategoryKind, ResourceKind
from resources.models import ResourceFile, ResourcePage, SearchEntry, SearchPart, SearchWord
from resources.models.body_page import on_display
from resources.search.finding import search
from resources.search.indexing import index_all_pages, index_missing_pages
from resources.signals import pages_that_name
from tests.factories.contacts import OrganisationFactory
from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import (
    CategoryFactory,
    DocumentFactory,
    ResourcePageFactory,
    ThemeFactory,
    body,
    site_tree,
)

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


def titles(query: str) -> list[str]:
    return [found.title for found in search(query, on_display(Page.objects.all())).found]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("upphandling", "upphandlingar"),
        ("upphandlingarna", "upphandling"),
        ("checklistor", "checklista"),
        ("polisanmälningar", "polisanmälan"),
        ("påverkan", "påverkas"),
        ("välfärdsbrottslighet", "brottslighet"),
        ("välfärdsbrottsligheten", "brottslighet"),
        ("välfärdsbrott", "brott"),
        ("bidragsbrott", "brotten"),
        ("välfärdsbrott", "välfärd"),
        ("upphandlingsrutin", "rutiner"),
        ("avtalsuppföljning", "uppföljningen"),
        ("brottslighet inom välfärden", "välfärdsbrottslighet"),
        ("rutin för upphandling", "upphandlingsrutiner"),
        ("upphandling", "upphandl"),
        ("LSS-boende", "lss"),
        ("ÅKLAGARE", "åklagaren"),
        ("a\u030aklagare", "åklagare"),  # å as a + ring, as some computers write it
        ("rapport 2024", "2024"),
        ("biståndet", "bistånd"),
        ("mötena", "möte"),
        ("böcker", "bok"),
        ("skrev", "skriva"),
        ("välfärdsbrott", "valfardsbrott"),
        ("valfardsbrott", "välfärdsbrott"),
        ("öppenvården", "oppenvard"),
        ("avtalsuppföljning", "uppföljning av avtal"),
        ("avtalsuppföljning", "avtals uppföljning"),
        ("uppföljning av avtal", "hur följer man upp ett avtal"),
        ("utbetalningar", "vi betalar ut pengar"),
        ("återkrav", "kräva tillbaka"),
        ("granskning", "granska"),
        ("fakturering", "faktura"),
        ("jourhem", "jourhemmen"),
    ],
)
def test_a_word_is_found_in_its_other_forms_and_inside_compounds(text: str, query: str) -> None:
    ResourcePageFactory(title="Sökt", body=body(f"<p>{text}</p>"))
    assert "Sökt" in titles(query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("avbrott", "brott"),
        ("genombrott", "brott"),
        ("hotell", "hot"),
        ("domstol", "dom"),
        ("värdet", "vård"),
        ("slaget", "lag"),
        ("brottsoffer", "brottslighet"),
        ("rapport 2024", "02"),
        ("tandvård", "hemtjänst"),
    ],
)
def test_a_word_is_not_found_in_one_that_only_looks_alike(text: str, query: str) -> None:
    ResourcePageFactory(title="Annan", lead="x", body=body(f"<p>{text}</p>"))
    assert "Annan" not in titles(query)


def test_a_page_need_not_have_every_word_but_more_of_them_are_better() -> None:
    ResourcePageFactory(title="Ena", body=body("<p>riskanalys</p>"))
    ResourcePageFactory(title="Båda", body=body("<p>riskanalys av hemtjänst</p>"))
    assert titles("riskanalys hemtjänst") == ["Båda", "Ena"]
    assert titles("hur gör man en riskanalys av hemtjänsten") == ["Båda", "Ena"]


def test_a_rarer_word_tells_more() -> None:
    for number in range(5):
        ResourcePageFactory(title=f"Vanlig {number}", body=body("<p>granskning</p>"))
    ResourcePageFactory(title="Ovanlig", body=body("<p>kvarstad</p>"))
    assert titles("granskning kvarstad")[0] == "Ovanlig"


def test_words_near_each_other_are_better_than_far_apart() -> None:
    between = "något annat står här emellan " * 6
    ResourcePageFactory(title="A, långt", lead="x", body=body(f"<p>revision {between} kvarstad {between}</p>"))
    ResourcePageFactory(title="B, nära", lead="x", body=body(f"<p>revision kvarstad {between} {between}</p>"))
    assert titles("revision kvarstad") == ["B, nära", "A, långt"]


def test_a_single_mention_answers_a_search_for_the_word() -> None:
    ResourcePageFactory(title="Sida", lead="x", body=body(f"<p>kvarstad {'och mycket annat ' * 40}</p>"))
    assert not search("kvarstad", on_display(Page.objects.all())).are_weak
    assert search("kvarstad flodhäst Kolmården", on_display(Page.objects.all())).are_weak


def test_a_compound_that_stands_nowhere_is_near_what_has_one_of_its_parts() -> None:
    ResourcePageFactory(title="Sida", lead="x", body=body("<p>otillåten andrahandsuthyrning</p>"))
    result = search("andrahandshyresgäst", on_display(Page.objects.all()))
    assert [found.title for found in result.found] == ["Sida"]
    assert result.are_weak


def test_a_compound_that_only_shares_its_ends_does_not_answer() -> None:
    ResourcePageFactory(title="Sida", lead="x", body=body("<p>bostadsanpassningsbidrag</p>"))
    assert search("bostadsbidrag", on_display(Page.objects.all())).are_weak


def test_a_page_with_another_number_does_not_answer() -> None:
    ResourcePageFactory(title="Sida", lead="x", body=body("<p>kvarstad och revision år 2025</p>"))
    assert search("kvarstad revision 2026", on_display(Page.objects.all())).are_weak
    assert not search("kvarstad revision 2025", on_display(Page.objects.all())).are_weak


def test_a_long_question_may_say_more_in_other_words_than_a_short_one() -> None:
    ResourcePageFactory(title="Sida", lead="x", body=body("<p>kvarstad vid misstänkt bidragsbrott</p>"))
    assert search("kvarstad flodhäst", on_display(Page.objects.all())).are_weak
    long = "får flodhästen begära kvarstad vid ett misstänkt bidragsbrott"
    assert not search(long, on_display(Page.objects.all())).are_weak


def test_pages_that_answer_as_well_come_in_the_order_of_their_titles() -> None:
    for title in ("Cesium", "Arsenik", "Bor"):
        ResourcePageFactory(title=title, lead="x", body=body("<p>kvarstad</p>"))
    assert titles("kvarstad") == ["Arsenik", "Bor", "Cesium"]


def test_a_title_weighs_more_than_themes_and_themes_more_than_text() -> None:
    ResourcePageFactory(title="I texten", body=body("<p>visselblåsning</p>"))
    ResourcePageFactory(title="I nyckelorden", keywords=["Visselblåsning"])
    ResourcePageFactory(title="Visselblåsning i titeln")
    ResourcePageFactory(title="Sammansatt", body=body("<p>visselblåsningsfunktion</p>"))
    assert titles("visselblåsning") == ["Visselblåsning i titeln", "I nyckelorden", "I texten", "Sammansatt"]


def test_the_word_itself_weighs_more_than_a_compound_with_it() -> None:
    ResourcePageFactory(title="A, sammansatt", body=body("<p>visselblåsningsfunktion</p>"))
    ResourcePageFactory(title="B, ordet självt", body=body("<p>visselblåsningen</p>"))
    assert titles("visselblåsning") == ["B, ordet självt", "A, sammansatt"]


def test_a_word_that_is_repeated_weighs_more() -> None:
    ResourcePageFactory(title="A, en gång", body=body("<p>tillsyn</p>"))
    ResourcePageFactory(title="B, tre gånger", body=body("<p>tillsyn tillsyn tillsyn</p>"))
    assert titles("tillsyn") == ["B, tre gånger", "A, en gång"]


@pytest.mark.parametrize("where", ["lead", "purpose"])
def test_lead_and_purpose_are_searched(where: str) -> None:
    ResourcePageFactory(**{"title": "Sökt", where: "Om förskrivning"})
    assert titles("förskrivning") == ["Sökt"]


def test_files_producer_and_kind_are_searched() -> None:
    page = ResourcePageFactory(title="Sökt", with_file=True, kind="checklist")
    document = page.files.get().document
    for query in (document.title, page.producer.name, "checklista", "att skriva ut"):
        assert "Sökt" in titles(query), query


@pytest.mark.parametrize("query", ["", "   ", '"', "'", "\x00", "och", "*", "-", "()", "%", "_", "\\", "🙂", "\ud800"])
def test_a_query_without_words_finds_nothing_and_fails_nowhere(query: str) -> None:
    ResourcePageFactory(title="Något")
    assert titles(query) == []


def test_a_query_of_five_thousand_characters_is_cut() -> None:
    ResourcePageFactory(title="Hemtjänst")
    assert titles("hemtjänst " * 500) == ["Hemtjänst"]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(query=st.text(max_size=300))
def test_any_string_gets_an_answer(query: str) -> None:
    search(query, Page.objects.all())


def test_a_draft_is_not_found_and_an_unpublished_page_is_forgotten(django_capture_on_commit_callbacks) -> None:
    ResourcePageFactory(title="Utkast", draft=True, body=body("<p>hemlighetsfull</p>"))
    page = ResourcePageFactory(title="Publicerad", body=body("<p>hemlighetsfull</p>"))
    assert titles("hemlighetsfull") == ["Publicerad"]
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert titles("hemlighetsfull") == []
    assert not SearchEntry.objects.filter(page=page.pk).exists()


def test_a_draft_of_a_published_page_is_not_found_until_it_is_published(django_capture_on_commit_callbacks) -> None:
    page = ResourcePageFactory(title="Sida", body=body("<p>gammalt</p>"))
    page.body = body("<p>nyskrivet</p>")
    with django_capture_on_commit_callbacks(execute=True):
        revision = page.save_revision()
    assert titles("nyskrivet") == []
    with django_capture_on_commit_callbacks(execute=True):
        revision.publish()
    assert titles("nyskrivet") == ["Sida"]
    assert titles("gammalt") == []


def test_a_removed_page_leaves_no_word_behind(django_capture_on_commit_callbacks) -> None:
    page = ResourcePageFactory(title="Sida", body=body("<p>engångsord</p>"))
    assert SearchWord.objects.filter(word="engångsord").exists()
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert not SearchWord.objects.filter(word="engångsord").exists()


def named_by_a_page() -> dict[str, tuple[Any, str]]:
    """A published page, and all that its entry in the search is named after, with the field of the name."""
    categories = {f"{kind}s": [CategoryFactory(kind=kind, name=f"{kind}ord")] for kind in CategoryKind.values}
    document = DocumentFactory()
    page = ResourcePageFactory(
        title="Sida",
        producer=OrganisationFactory(name="Gruvrådet", short_name="Bergslaget"),
        themes=["Tandvård"],
        keywords=["Intyg"],
        files=[ResourceFile(document=document)],
        **categories,
    )
    ReferenceIndex.create_or_update_for_object(page)  # as the signal does after the commit
    return {
        "theme": (page.themes.get(), "name"),
        "keyword": (page.keywords.get(), "name"),
        "document": (document, "title"),
        "producer": (page.producer, "name"),
        "producer's short name": (page.producer, "short_name"),
        **{name: (rows[0], "name") for name, rows in categories.items()},
    }


NAMED = ["theme", "keyword", "document", "producer", "producer's short name", *(f"{k}s" for k in CategoryKind.values)]


@pytest.mark.parametrize("what", NAMED)
def test_a_new_name_of_what_a_page_names_is_found(what: str, django_capture_on_commit_callbacks) -> None:
    named, field = named_by_a_page()[what]
    before = getattr(named, field)
    setattr(named, field, "Kolonilott")
    with django_capture_on_commit_callbacks(execute=True):
        named.save()
    assert titles("kolonilott") == ["Sida"]
    assert titles(before) == []


@pytest.mark.parametrize("make", [lambda: DocumentFactory(), lambda: OrganisationFactory()], ids=["document", "org"])
def test_a_new_name_of_what_no_page_names_changes_nothing(make, django_capture_on_commit_callbacks) -> None:
    named = make()
    with django_capture_on_commit_callbacks() as callbacks:
        named.save()
    assert pages_that_name(named) == set()
    for callback in callbacks:
        callback()


def test_a_new_name_of_a_theme_is_found_on_its_meetings(django_capture_on_commit_callbacks) -> None:
    theme = ThemeFactory(name="Tandvård")
    with django_capture_on_commit_callbacks(execute=True):
        MeetingPageFactory(title="Mötet", themes=[theme])
    theme.name = "Kolonilott"
    with django_capture_on_commit_callbacks(execute=True):
        theme.save()
    assert titles("kolonilott") == ["Mötet"]


def test_a_page_that_the_index_lacks_is_indexed_by_the_job() -> None:
    page = ResourcePageFactory(title="Sida", body=body("<p>kvarstad</p>"))
    SearchEntry.objects.filter(page=page.pk).delete()
    assert titles("kvarstad") == []
    assert index_missing_pages() == 1
    assert titles("kvarstad") == ["Sida"]
    assert index_missing_pages() == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_published_with_a_new_theme_and_file_is_found_by_them_at_once() -> None:
    """As in operation: nothing but the signal indexes, after a real commit."""
    page = ResourcePage(
        title="Sida", lead="Ingress", kind=ResourceKind.REPORT, producer=OrganisationFactory(), live=False
    )
    site_tree().library.add_child(instance=page)
    page.themes.add(ThemeFactory(name="Kolonilott"))
    page.files.add(ResourceFile(document=DocumentFactory(title="Kontrollplan"), description="Att skriva ut"))
    with transaction.atomic():
        page.save_revision().publish()
    for query in ("kolonilott", "kontrollplan", "skriva ut"):
        assert titles(query) == ["Sida"], query


def test_a_rebuild_takes_words_apart_anew_that_many_pages_have() -> None:
    """A word stays while any page has it, so what an older version made of it would stay too."""
    for title in ("A", "B"):
        ResourcePageFactory(title=title, body=body("<p>böckerna</p>"))
    SearchWord.objects.filter(word="böckerna").update(stem="x", lemma="x")
    SearchPart.objects.filter(word__word="böckerna").delete()
    assert titles("bok") == []
    index_all_pages()
    assert titles("bok") == ["A", "B"]
