"""Every address of the project, listed from the code, as everybody: nothing but what docs/roller.md allows.

An address below /admin/ belongs to a right of the table by its beginning, and who lacks the right is refused there.
The others are public, personal or lead to the log-in.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import Client

from contacts.mail_tokens import STOP_MAIL
from contacts.models import ContactPerson, Group, Organisation, Person
from meetings.models import InvitedOrganisation, Letter
from meetings.tokens import Purpose, derive_token
from outbox.models import OutgoingMail
from resources.models import Category, Keyword, Synonym, Theme
from tests.addresses import Address, addresses

from .people import ADMINISTRATOR, STAFF, World, make_world, session_of
from .test_roles import allowed

pytestmark = pytest.mark.django_db

ENTER = "Komma in i redaktionens verktyg"
# The right that an address of the admin asks for, by the first beginning that fits.
RIGHTS: tuple[tuple[str, str], ...] = (
    ("/admin/granskning/rensa/", "Rensa bort för gott"),
    ("/admin/granskning/bortrensat/", "Se vad som har rensats bort"),
    ("/admin/granskning/fil/", "Ändra och godkänna filer"),
    ("/admin/granskning/stopp/", "Säga att ett stopp är fel, och hålla med en annan om det"),
    ("/admin/registeraccess/", "Se vem som har läst personuppgifter"),
    ("/admin/mejl/slapp-kon/", "Släppa kön med mejl"),
    ("/admin/mejl/logg/", "Släppa kön med mejl"),
    ("/admin/mejl/flera/", "Skicka ett mejl igen"),
    ("/admin/mejl/", "Se utgående mejl"),
    ("/admin/brev/", "Skriva brev till kontaktpersoner"),
    ("/admin/driften/", "Se hur driften mår"),
    ("/admin/sokt/", "Ändra ordlistor"),
    ("/admin/moten/results/", "Ändra utkast till sidor"),
    ("/admin/moten/", "Bjuda in till möten"),
    *((f"/admin/{place}/", "Ändra ordlistor") for place in ("theme", "category", "keyword", "synonym", "ordlistor")),
    *(
        (f"/admin/{place}/{change}/", "Ändra kontaktregistret")
        for place in ("organisation", "contactperson", "person", "contactgroup")
        for change in ("new", "edit", "delete", "end", "resume-mail")
    ),
    ("/admin/contact_import/", "Ändra kontaktregistret"),
    *(
        (f"/admin/{place}/", "Se kontaktregistret")
        for place in ("organisation", "contactperson", "person", "contactgroup", "person_chooser")
    ),
    *((f"/admin/{place}/", "Ge andra roller") for place in ("users", "groups")),
    *(
        (f"/admin/{place}/", "Ändra webbplatsens inställningar")
        for place in ("sites", "redirects", "collections", "workflows")
    ),
    ("/admin/pages/add/", "Skapa sidor"),
    ("/admin/utkast/", "Ändra utkast till sidor"),
    ("/admin/pages/", "Ändra utkast till sidor"),
    ("/admin/material/", "Ändra utkast till sidor"),
    ("/admin/resourcepage/", "Ändra utkast till sidor"),
    ("/admin/documents/chooser/", ENTER),
    ("/admin/images/chooser/", ENTER),
    ("/admin/documents/", "Ändra och godkänna filer"),
    ("/admin/images/", "Ändra och godkänna filer"),
    ("/admin/reports/site-history/", ENTER),
    ("/admin/reports/", "Ändra utkast till sidor"),
    ("/admin/", ENTER),
)
# The list of meetings is one of pages, those that one may change.
EXACTLY = {"/admin/moten/": "Ändra utkast till sidor"}
# Shown to everybody in the admin, though the beginning says otherwise; by the name of the address.
HARMLESS = {
    "wagtailadmin_pages:move_confirm": "a question with the titles of two pages; the answer is refused",
    "wagtailadmin_pages:confirm_workflow_cancellation": "a question without content; the answer is refused",
    "wagtailadmin_pages:revisions_index": "leads to the history, which is refused",
    "wagtailadmin_pages:choose_parent": "leads to a new page, which is refused",
    "material:choose_parent": "leads to a new page, which is refused",
    "meetings_admin:choose_parent": "leads to a new page, which is refused",
    "wagtailadmin_workflows:task_chooser": "the names of the tasks of a workflow",
    "wagtailadmin_workflows:task_chooser_results": "the names of the tasks of a workflow",
    "wagtailadmin_workflows:task_chooser_create": "the names of the tasks of a workflow",
    "wagtailadmin_workflows:task_chosen": "the names of the tasks of a workflow",
}
# Ends the session, so they are not opened on the way.
LOG_OUTS = ("/admin/logout/", "/konto/logout/", "/konto/logga-ut-overallt/")


def right_of(path: str) -> str:
    return EXACTLY.get(path) or next(right for beginning, right in RIGHTS if path.startswith(beginning))


def examples(world: World) -> Any:
    """A value for each parameter: a row of the view's model, or one that the name tells."""
    invited = InvitedOrganisation.objects.get(organisation=world.a)
    library = world.page.get_parent()
    by_name = {
        **dict.fromkeys(("page_id", "page_pk", "page_to_move_id"), world.page.pk),
        **dict.fromkeys(("parent_page_id", "destination_id"), library.pk),
        **dict.fromkeys(("app_label", "app_name", "content_type_app_name"), "resources"),
        **dict.fromkeys(("model_name", "content_type_model_name"), "resourcepage"),
        **dict.fromkeys(("document_id", "doc_id"), world.document.pk),
        **dict.fromkeys(("revision_id", "revision_id_a", "revision_id_b"), world.page.latest_revision_id),
        "image_id": world.image.pk,
        "document_filename": world.document.filename,
        "object_id": world.page.pk,
        "chapter": "2-material",
        "kind": "sida",
        "action": "delete",
        "action_name": "approve",
        "filter_spec": "max-100x100",
        "registration": world.participant.pk,
        "mail_out": world.mail_out.pk,
        "organisation": world.a.pk,
        "slug": world.meeting.slug,
        "provider_id": "myndighet",
        "name": "bild.png",
        "_0": world.page.url.strip("/") + "/",
    }
    by_model = {
        Person: world.contact_b.person_id,
        ContactPerson: world.contact_b.pk,
        Organisation: world.a.pk,
        OutgoingMail: world.mail.pk,
        Letter: Letter.objects.get_or_create(subject="Ett brev", text="Hej!")[0].pk,
        **{model: row.pk for model in (Theme, Category, Keyword, Synonym, Group) if (row := model.objects.first())},
    }
    tokens = {
        "meetings:register_invited": derive_token(Purpose.ORGANISATION, invited.nonce),
        "contacts:stop_mail": STOP_MAIL.sign(world.contact_a.pk),
    }

    def example(name: str, parameter: str, model: Any) -> Any:
        if parameter == "token":
            participant = derive_token(Purpose.PARTICIPANT, world.participant.nonce)
            return participant if ":participant" in name else tokens.get(name, tokens["meetings:register_invited"])
        if name.startswith("meetings_admin:") and parameter == "pk":
            return world.meeting.pk
        if name.startswith("contacts:end_my_deputy"):
            return world.deputy_a.pk
        if name == "contacts:resume_mail":
            return world.contact_a.pk
        if name == "shared_draft":
            return world.page.pk
        if name.startswith("gate_file"):
            return world.document.screening_id
        if name.startswith("purging:"):
            return "sida" if parameter == "kind" else world.page.pk
        return by_name.get(parameter) or by_model.get(model, world.page.pk if "pages" in name else 1)

    return example


@pytest.fixture
def world(settings, monkeypatch: pytest.MonkeyPatch) -> World:
    settings.STAFF_MFA_REQUIRED = True
    made = make_world()
    # Who may see a page is decided before it is drawn; drawing takes most of the time.
    monkeypatch.setattr(SimpleTemplateResponse, "rendered_content", "")
    _look_up_each_person_once(monkeypatch)
    return made


def _look_up_each_person_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each request a person of its own whose rights are known, since what an address does to them is undone."""
    known: dict[Any, Any] = {}
    look_up = ModelBackend.get_user

    def copy_of_known(backend: ModelBackend, key: Any) -> Any:
        if key not in known:
            known[key] = look_up(backend, key)
            known[key].get_all_permissions()
        return copy(known[key])

    monkeypatch.setattr(ModelBackend, "get_user", copy_of_known)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever an address does is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def everywhere(client: Client, paths: list[Address], method: str = "get") -> dict[str, HttpResponse]:
    """What each address answers to an empty request."""
    found = {}
    for address in paths:
        with undone():
            found[address.path] = getattr(client, method)(address.path)
    return found


def is_refused(response: HttpResponse) -> bool:
    """Whether the answer gives nothing: it leads to the log-in, the admin's start page or the second factor."""
    if response.status_code == 302:
        away = ("/konto/login/", "/konto/2fa/", "/admin/login/")
        return response["Location"] == "/admin/" or response["Location"].startswith(away)
    return response.status_code in (400, 403, 404, 405, 500)


def asked_first(response: HttpResponse) -> str:
    """The address to which the answer leads, without its query."""
    return str(response["Location"]).partition("?")[0]


def all_addresses(world: World) -> list[Address]:
    return [each for each in addresses(examples(world)) if each.path not in LOG_OUTS]


def in_admin(paths: list[Address]) -> list[Address]:
    return [each for each in paths if each.path.startswith("/admin/")]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("role", STAFF)
def test_the_admin_gives_each_role_what_the_table_says(world: World, role: str, method: str) -> None:
    client = session_of(world.staff[role], second_factor=True)
    rights = allowed()
    paths = in_admin(all_addresses(world))
    answers = everywhere(client, paths, method)
    beyond = {
        f"{address.name} {path}": right_of(path)
        for address in paths
        if not is_refused(answers[path := address.path])
        and address.name not in HARMLESS
        and not rights[right_of(path)][role]
    }
    assert beyond == {}
    assert any(not is_refused(response) for response in answers.values())


PERSONAL = ("/min-sida/",)
# Pages of /konto/ that ask who somebody is before they show anything, or are about one's own account.
OPEN_ACCOUNT_PAGES = (
    "/konto/login/",
    "/konto/signup/",
    "/konto/inactive/",
    "/konto/password/reset/",
    "/konto/3rdparty/login/",
)


def others(paths: list[Address]) -> list[Address]:
    return [each for each in paths if not each.path.startswith("/admin/")]


class TestNobody:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_led_to_the_log_in_from_the_admin_and_from_personal_pages(self, world: World, method: str) -> None:
        paths = all_addresses(world)
        answers = everywhere(session_of(None), paths, method)
        closed = {path for path in answers if path.startswith(("/admin/", *PERSONAL))}
        assert len(closed) > 250
        assert {path for path in closed if not is_refused(answers[path])} <= {"/admin/jsi18n/", "/admin/sprite/"}

    def test_sees_no_account_but_the_ways_in(self, world: World) -> None:
        answers = everywhere(session_of(None), others(all_addresses(world)))
        shown = {path for path in answers if path.startswith("/konto/") and not is_refused(answers[path])}
        assert {path for path in shown if not path.startswith(OPEN_ACCOUNT_PAGES)} == set()


class TestWithoutRoleInTheAdmin:
    @pytest.fixture
    def people(self, world: World) -> dict[str, Person]:
        roles = {"a": world.contact_a, "b": world.contact_b, "deputy": world.deputy_a, "former": world.former_a}
        return {name: role.person for name, role in roles.items()}

    @pytest.mark.parametrize(
        ("name", "method"), [("a", "get"), ("a", "post"), ("b", "get"), ("deputy", "get"), ("former", "get")]
    )
    def test_the_whole_admin_is_closed(
        self, world: World, people: dict[str, Person], name: str, method: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("django.views.defaults.loader.get_template", lambda *names: Plain())
        answers = everywhere(session_of(people[name]), in_admin(all_addresses(world)), method)
        assert {response.status_code for response in answers.values()} == {403}

    def test_min_sida_gives_each_what_is_theirs(self, world: World, people: dict[str, Person]) -> None:
        meeting = f"/min-sida/moten/{world.meeting.slug}/{world.a.pk}"
        seen = {
            path: {name for name, person in people.items() if session_of(person).get(path).status_code == 200}
            for path in (
                "/min-sida/",
                "/min-sida/uppgifter/",
                "/min-sida/ersattare/",
                f"/min-sida/ersattare/{world.deputy_a.pk}/avsluta/",
                f"{meeting}/inbjudan/",
                f"{meeting}/vidarebefordra/",
            )
        }
        everybody, theirs = set(people), {"a", "deputy"}
        # A deputy may resign.
        assert list(seen.values()) == [everybody, everybody, {"a", "b"}, theirs, seen[f"{meeting}/inbjudan/"], theirs]
        assert seen[f"{meeting}/inbjudan/"] <= theirs

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_the_public_site_gives_them_no_more_than_a_visitor(
        self, world: World, people: dict[str, Person], method: str
    ) -> None:
        public = [each for each in others(all_addresses(world)) if not each.path.startswith(("/konto/", *PERSONAL))]
        visitor = everywhere(session_of(None), public, method)
        for person in people.values():
            answers = everywhere(session_of(person), public, method)
            assert {path: each.status_code for path, each in answers.items()} == {
                path: each.status_code for path, each in visitor.items()
            }


class TestParticipant:
    PAGES = ("", "avanmalan/", "mote.ics")

    @pytest.mark.parametrize("page", PAGES)
    def test_the_personal_link_opens_ones_own_registration_and_no_other_does(self, world: World, page: str) -> None:
        token = derive_token(Purpose.PARTICIPANT, world.participant.nonce)
        invitation = derive_token(Purpose.ORGANISATION, InvitedOrganisation.objects.get(organisation=world.a).nonce)
        client = session_of(None)
        assert client.get(f"/moten/deltagare/{token}/{page}").status_code == 200
        for other in (invitation, token[:-1], f"{token}x", token.swapcase()):
            assert client.get(f"/moten/deltagare/{other}/{page}").status_code == 404

    def test_it_opens_nothing_else(self, world: World) -> None:
        client = session_of(None)
        client.get(f"/moten/deltagare/{derive_token(Purpose.PARTICIPANT, world.participant.nonce)}/")
        for path in ("/min-sida/", "/admin/", f"/admin/moten/{world.meeting.pk}/deltagare/"):
            assert is_refused(client.get(path))


class TestStaffWithoutSecondFactor:
    @pytest.mark.parametrize("role", STAFF)
    def test_the_whole_admin_asks_for_it(self, world: World, role: str) -> None:
        answers = everywhere(session_of(world.staff[role]), in_admin(all_addresses(world)))
        assert {response["Location"].partition("?")[0] for response in answers.values()} == {
            "/konto/2fa/reauthenticate/"
        }

    @pytest.mark.parametrize("role", ["Redaktörer", ADMINISTRATOR])
    def test_an_empty_form_does_too(self, world: World, role: str) -> None:
        answers = everywhere(session_of(world.staff[role]), in_admin(all_addresses(world)), "post")
        assert {response["Location"].partition("?")[0] for response in answers.values()} == {
            "/konto/2fa/reauthenticate/"
        }

    @pytest.mark.parametrize("role", STAFF)
    def test_the_public_site_gives_them_no_more_than_a_visitor(self, world: World, role: str) -> None:
        public = [each for each in others(all_addresses(world)) if not each.path.startswith(("/konto/", *PERSONAL))]
        visitor, answers = (everywhere(session_of(who), public) for who in (None, world.staff[role]))
        assert {path: each.status_code for path, each in answers.items()} == {
            path: each.status_code for path, each in visitor.items()
        }


class Plain:
    """A template that draws nothing."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        return ""


def test_every_address_is_looked_at(world: World) -> None:
    paths = {each.path for each in all_addresses(world)}
    assert len(paths) > 330
    assert {"/", "/min-sida/", "/admin/registeraccess/", "/konto/login/", "/healthz/"} - {"/"} <= paths
