"""The one step through which a page becomes public."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageLogEntry

from gate.desk.routing import desk_url
from gate.models import FileScreening, PageApproval
from gate.texts import digest_of
from resources.models import Document, ResourceFile, ResourcePage, StandardPage
from screening.findings import Verdict
from tests.factories.resources import DocumentFactory, ResourcePageFactory, StandardPageFactory
from tests.publishing import answer_desk
from tests.screening.numbers import personal_number

from .conftest import WARNING, drafted, html, is_live, publisher

pytestmark = pytest.mark.django_db
SECRET = personal_number()
STATEMENT = "Materialet innehåller inga uppgifter om enskilda, företag eller pågående ärenden"
FINDING = {"kind": "organisationsnummer", "where": "sida 2", "excerpt": "55…"}


def with_file(verdict: Verdict | None, **fields: Any) -> tuple[ResourcePage, Document]:
    """A draft with a document whose screening ended so; None is one that waits."""
    document = DocumentFactory(title="Rapport")
    page = ResourcePageFactory(draft=True, files=[ResourceFile(document=document)])
    state = (
        {"state": "done", "verdict": verdict} if verdict else {"state": "waiting", "verdict": "", "screened_at": None}
    )
    FileScreening.objects.filter(pk=document.screening_id).update(**state, **fields)
    return page, document


def test_clean_content_is_published_on_a_persons_approval(admin: Client, editor: Any) -> None:
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead="Ny ingress.")
    shown = html(admin, address)
    assert STATEMENT in shown and "hittade inga nummer" in shown and "Skäl till" not in shown

    response = answer_desk(admin, address)
    page = StandardPage.objects.get(pk=page.pk)
    assert response.status_code == 302
    assert page.live and page.lead == "Ny ingress."
    approval = PageApproval.objects.about(page).get()
    assert (approval.approved_by, approval.digest, approval.reason) == (editor, digest_of(page), "")
    logged = set(PageLogEntry.objects.filter(page=page.pk, user=editor).values_list("action", flat=True))
    assert logged == {"gate.approve_page", "wagtail.publish"}
    assert f"Sidan ”{page.title}” är publicerad." in html(admin, "/admin/")


def test_without_the_tick_nothing_becomes_public(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    response = answer_desk(admin, drafted(page), statement=None)
    assert response.status_code == 422
    assert "Kryssa i rutan för att bekräfta innehållet." in response.content.decode()
    assert not is_live(page) and not PageApproval.objects.exists()


def test_what_blocks_leaves_no_way_to_publish_and_says_what_to_do(admin: Client) -> None:
    page = StandardPageFactory()
    address = drafted(page, lead=f"Om {SECRET}")
    shown = html(admin, address)
    assert "Stopp" in shown and "Ingress" in shown and "Ta bort numret." in shown
    assert f"/admin/pages/{page.pk}/edit/" in shown
    assert SECRET not in shown and "Bekräfta innehållet" not in shown

    assert admin.post(address, {"statement": "on"}).status_code == 200
    page = StandardPage.objects.get(pk=page.pk)
    assert SECRET not in page.lead
    assert SECRET in page.get_latest_revision_as_object().lead, "the draft stays"


def test_a_warning_needs_a_reason_which_is_kept(admin: Client, editor: Any) -> None:
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead=WARNING)
    assert "Varning" in html(admin, address)

    response = answer_desk(admin, address, reason=" ")
    assert response.status_code == 422 and "Skriv varför" in response.content.decode()
    assert "checked" in response.content.decode(), "what was ticked stays"
    assert not is_live(page)

    answer_desk(admin, address, reason="Numret är påhittat.")
    assert is_live(page)
    approval = PageApproval.objects.about(page).get()
    assert approval.reason == "Numret är påhittat."
    assert approval.findings[0]["where"] == "Ingress" and "4711" not in str(approval.findings)
    entry = PageLogEntry.objects.get(action="gate.approve_warnings")
    assert (entry.user, entry.data["reason"]) == (editor, "Numret är påhittat.")
    history = html(admin, f"/admin/pages/{page.pk}/history/")
    assert "Publicerade trots varning: ärende- eller journalnummer i Ingress. Skäl: Numret är påhittat." in history


def test_the_one_who_gives_a_reason_approves_the_rest(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    assert "jag har motiverat" not in html(admin, drafted(page))
    assert f"{STATEMENT}, utöver det som jag har motiverat" in html(admin, drafted(page, lead=WARNING))


def test_a_number_in_the_title_or_a_files_name_is_never_shown(admin: Client) -> None:
    page, document = with_file(Verdict.UNSCREENED, fault="Bilden kan inte läsas.")
    type(document).objects.filter(pk=document.pk).update(title=f"Rapport {SECRET}")
    other = StandardPageFactory(draft=True)
    page.title = other.title = f"Uppföljning {SECRET}"
    for address in (drafted(page), drafted(other), desk_url([page.pk, other.pk])):
        shown = html(admin, address)
        main = shown[shown.index("sc-desk") :]
        assert "Uppföljning ••••••-••••" in main and SECRET not in shown and SECRET[:6] not in main


def test_each_place_leads_to_its_field_in_the_form(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    shown = html(admin, drafted(page, lead=SECRET, search_description=SECRET))
    address = f"/admin/pages/{page.pk}/edit/"
    lead, description = f"{address}#:w:contentpath=lead", f"{address}#:w:contentpath=search_description"
    assert f'<a href="{lead}">Ingress</a>: personnummer' in shown
    assert shown.index(lead) < shown.index(description)
    assert shown.count(">Ändra i sidan<") == 1


def test_a_finding_in_a_file_leads_to_the_file(admin: Client) -> None:
    page, document = with_file(Verdict.WARN, findings=[FINDING])
    assert f'<a href="/admin/documents/edit/{document.pk}/">Filen Rapport, sida 2</a>' in html(admin, drafted(page))


def test_a_file_that_somebody_has_approved_is_told(admin: Client) -> None:
    page, _ = with_file(
        Verdict.UNSCREENED, approved_at=timezone.now(), approved_by=publisher(), reason="Läst två gånger."
    )
    shown = " ".join(html(admin, drafted(page)).split())
    assert "1 fil som någon har godkänt" in shown and ": «Läst två gånger.»" in shown
    assert "Jag har läst" not in shown


def test_a_file_that_warns_and_cannot_be_read_whole_is_approved_in_true_words(admin: Client) -> None:
    page, _ = with_file(Verdict.UNSCREENED, findings=[FINDING], fault="Sida 3 är en bild.")
    shown = html(admin, drafted(page))
    assert "företag eller ärenden, utöver det som jag har motiverat." in shown


def test_a_file_whose_approval_was_withdrawn_needs_a_reason_again(admin: Client) -> None:
    page, document = with_file(Verdict.WARN, findings=[FINDING])
    answer_desk(admin, drafted(page), reason="Känt företag.")
    FileScreening.objects.filter(pk=document.screening_id).update(approved_at=None, approved_by=None, reason="")
    shown = html(admin, desk_url([page.pk]))
    assert "Skäl till" in shown
    assert answer_desk(admin, desk_url([page.pk]), reason="Fortfarande känt.").status_code == 302


def test_what_was_approved_for_a_scheduled_page_is_told_so(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    answer_desk(admin, drafted(page, lead=WARNING, go_live_at=timezone.now() + timedelta(days=1)), reason="Påhittat.")
    history = html(admin, f"/admin/pages/{page.pk}/history/")
    assert "Schemalade trots varning: ärende- eller journalnummer i Ingress. Skäl: Påhittat." in history
    assert "Publicerade trots varning" not in history


def test_a_reason_may_not_hold_a_number_either(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    response = answer_desk(admin, drafted(page, lead=WARNING), reason=f"Det är {SECRET}")
    assert "personnummer" in response.content.decode()
    assert not is_live(page)


def test_a_warning_approved_for_the_same_content_needs_no_new_reason(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    answer_desk(admin, drafted(page, lead=WARNING), reason="Påhittat.")
    page = StandardPage.objects.get(pk=page.pk)
    page.unpublish()
    shown = html(admin, desk_url([page.pk]))
    assert "Redan motiverat: «Påhittat.»" in " ".join(shown.split()) and "Skäl till" not in shown
    assert f"{STATEMENT}, utöver det som är motiverat" in shown
    answer_desk(admin, desk_url([page.pk]))
    assert is_live(page)

    shown = html(admin, drafted(StandardPage.objects.get(pk=page.pk), lead=f"{WARNING} Och mer."))
    assert "Skäl till" in shown and "Påhittat." not in shown, "another content needs a thought of its own"


def test_who_may_not_approve_a_warning_is_told_who_can(client: Client, editor: Any) -> None:
    approver = publisher("approve_warning")
    client.force_login(publisher())
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead=WARNING)
    shown = html(client, address)
    assert str(approver) in shown and "Bekräfta innehållet" not in shown
    client.post(address, {"statement": "on", "reason": "Vill."})
    assert not is_live(page)

    client.force_login(approver)
    answer_desk(client, address, reason="Påhittat.")
    assert is_live(page)


def test_who_may_not_publish_comes_nowhere(client: Client) -> None:
    person = publisher()
    person.groups.first().page_permissions.filter(permission__codename="publish_page").delete()
    client.force_login(person)
    page = StandardPageFactory(draft=True)
    address = drafted(page)
    assert "Du får inte publicera den här sidan." in html(client, address)
    client.post(address, {"statement": "on"})
    assert not is_live(page)


def test_names_beside_words_of_a_case_are_advice_only(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    address = drafted(page, lead="Brukaren Anna Andersson fick beslut.")
    assert "Råd" in html(admin, address)
    answer_desk(admin, address)
    assert is_live(page)


def test_an_unread_file_needs_an_approval_of_its_own(admin: Client, editor: Any) -> None:
    page, document = with_file(Verdict.UNSCREENED, fault="Bilden kan inte läsas.")
    address = drafted(page)
    shown = html(admin, address)
    assert "Jag har läst Rapport." in shown and document.url in shown and "Bilden kan inte läsas." in shown

    response = answer_desk(admin, address, **{f"read_{document.screening_id}": None})
    assert "Läs filen och kryssa i rutan." in response.content.decode()
    assert not is_live(page)

    answer_desk(admin, address)
    assert is_live(page)
    screening = FileScreening.objects.get(pk=document.screening_id)
    assert screening.is_approved and screening.approved_by == editor


def test_a_file_that_warns_needs_a_reason(admin: Client) -> None:
    page, document = with_file(Verdict.WARN, findings=[FINDING])
    address = drafted(page)
    assert "Filen Rapport, sida 2" in html(admin, address)
    assert answer_desk(admin, address, reason="").status_code == 422
    answer_desk(admin, address, reason="Känt företag.")
    assert is_live(page)
    assert FileScreening.objects.get(pk=document.screening_id).reason == "Känt företag."


def test_a_file_that_is_being_screened_is_waited_for(admin: Client) -> None:
    page, _ = with_file(None)
    address = drafted(page)
    shown = html(admin, address)
    assert "Filer granskas." in shown and "js/desk.js" in shown and "Bekräfta innehållet" not in shown
    admin.post(address, {"statement": "on"})
    assert not is_live(page)


def test_a_file_that_blocks_stops(admin: Client) -> None:
    page, _ = with_file(Verdict.BLOCK, findings=[{**FINDING, "kind": "personnummer"}])
    shown = html(admin, drafted(page))
    assert "Stopp" in shown and "sida 2" in shown and "Filer granskas" not in shown


def test_a_time_in_the_future_schedules(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    at = timezone.now().replace(microsecond=0) + timedelta(days=1)
    address = drafted(page, go_live_at=at)
    assert "Schemalägg" in html(admin, address)
    answer_desk(admin, address)
    assert not is_live(page)
    assert page.revisions.get(approved_go_live_at__isnull=False).approved_go_live_at == at
    assert PageApproval.objects.about(page).exists()
    assert "är schemalagd för publicering." in html(admin, "/admin/")


def test_a_draft_that_lacks_something_is_said_so(admin: Client) -> None:
    page = ResourcePageFactory(draft=True)
    address = drafted(page, lead="")
    assert "Det här behöver ordnas först" in html(admin, address) and "Ingress" in html(admin, address)


def test_several_pages_are_published_but_for_those_that_are_stopped(admin: Client) -> None:
    clean, stopped, warned = (StandardPageFactory(draft=True) for _ in range(3))
    drafted(stopped, lead=SECRET)
    drafted(warned, lead=WARNING)
    address = desk_url([clean.pk, stopped.pk, warned.pk])
    shown = html(admin, address)
    assert "3 sidor har utkast." in shown and "2 av 3 sidor går att publicera nu." in shown

    answer_desk(admin, address, reason="Påhittat.")
    assert [is_live(page) for page in (clean, stopped, warned)] == [True, False, True]
    assert PageApproval.objects.about(clean).get().reason == ""
    assert PageApproval.objects.about(warned).get().reason == "Påhittat."
    told = html(admin, "/admin/")
    assert "2 sidor är publicerade." in told
    assert f"1 sida publicerades inte: ”{stopped.title}”." in told and f"page={stopped.pk}" in told


def test_each_page_with_a_warning_has_a_reason_of_its_own(admin: Client) -> None:
    one, other = (StandardPageFactory(draft=True, title=title) for title in ("Ett", "Två"))
    for page in (one, other):
        drafted(page, lead=WARNING)
    address = desk_url([one.pk, other.pk])
    assert "Skäl till att publicera ”Två” trots varningen" in html(admin, address)

    half = answer_desk(admin, address, **{f"reason_{one.pk}": "Första.", f"reason_{other.pk}": ""})
    assert half.status_code == 422 and not is_live(one)
    answer_desk(admin, address, **{f"reason_{one.pk}": "Första.", f"reason_{other.pk}": "Andra."})
    assert [PageApproval.objects.about(page).get().reason for page in (one, other)] == ["Första.", "Andra."]


def test_what_is_said_about_drafts_is_true(admin: Client) -> None:
    public, changed, draft = (
        StandardPageFactory(title="Ute"),
        StandardPageFactory(title="Ändrad"),
        StandardPageFactory(draft=True, title="Ny"),
    )
    for page in (public, changed, draft):
        page.save_revision().publish() if page.live else page.save_revision()
    changed.refresh_from_db()
    drafted(changed, lead="Nytt.")
    assert "2 sidor har utkast. 1 sida är redan publicerad, och inget är ändrat i den" in html(
        admin, desk_url([public.pk, changed.pk, draft.pk])
    )
    assert "”Ute” är redan publicerad, och inget är ändrat" in html(admin, desk_url([public.pk]))
    assert "Ändringarna i ”Ändrad” är sparade som utkast." in html(admin, desk_url([changed.pk]))
    assert "”Ny” är sparad som utkast." in html(admin, desk_url([draft.pk]))


def test_the_desk_of_nothing_is_not_found(admin: Client) -> None:
    for query in ("", "?page=x", "?page=999999", "?page=1&page=99999999999999999999"):
        assert admin.get(f"/admin/granskning/publicera/{query}").status_code in (200, 404)
    assert admin.get("/admin/granskning/publicera/?page=999999").status_code == 404


def test_the_desk_is_only_for_those_who_are_logged_in(client: Client) -> None:
    page = StandardPageFactory(draft=True)
    assert client.get(desk_url([page.pk])).status_code == 302


def test_the_way_back_stays_in_lumen(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    response = answer_desk(admin, f"{drafted(page)}&next=https://evil.example/")
    assert response.url.startswith("/admin/pages/")


def test_nothing_of_the_desk_is_kept_by_a_cache(admin: Client) -> None:
    page = StandardPageFactory(draft=True)
    assert "no-store" in admin.get(drafted(page))["Cache-Control"]
