"""What each role may do is what docs/roller.md says: every cell of its table is tried."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from contacts.models import Person
from gate.models import FileScreening
from gate.objections import object_to
from gate.stops import stops_in
from lumen.roles import ROLES
from outbox.enums import MailStatus
from outbox.models import OutgoingMail
from tests.factories.contacts import PersonFactory
from tests.screening.numbers import personal_number

from .people import ADMINISTRATOR, STAFF, World, make_world, session_of

pytestmark = pytest.mark.django_db

DOCUMENT = settings.BASE_DIR / "docs" / "roller.md"
Try = Callable[[Client, World], bool]


def rows() -> list[list[str]]:
    """The cells of the document's first table, row by row, the headings first."""
    table = re.search(r"(?:^\|.*\n)+", DOCUMENT.read_text(), re.M)
    assert table
    lines = [line.strip("|\n ").split("|") for line in table[0].splitlines()]
    return [[cell.strip() for cell in line] for line in lines if not set("".join(line)) <= set("- ")]


def allowed() -> dict[str, dict[str, bool]]:
    """Right → role → whether the table says yes."""
    (_, *roles), *rights = rows()
    return {right: dict(zip(roles, (cell == "ja" for cell in cells), strict=True)) for right, *cells in rights}


def is_shown(response: HttpResponse) -> bool:
    """Whether the admin showed what was asked for; it refuses by a redirect to its start page, or by 403 or 404."""
    return response.status_code == 200


def shows(path: str) -> Try:
    """Try to open an address, in which `{page}` and the like stand for the world's rows."""
    return lambda client, world: is_shown(client.get(path.format(**numbers(world))))


def numbers(world: World) -> dict[str, int]:
    named = {name: value.pk for name, value in vars(world).items() if hasattr(value, "pk")}
    return {**named, "library": world.page.get_parent().pk, "colleague": world.contact_a.person_id}


def approves_a_file(client: Client, world: World) -> bool:
    screening = FileScreening.objects.filter(approved_at=None).get(pk=world.document.screening_id)
    client.post(f"/admin/granskning/fil/{screening.pk}/", {"content_is_read": "on"})
    screening.refresh_from_db()
    return screening.approved_at is not None


def agrees_that_a_stop_is_wrong(client: Client, world: World) -> bool:
    page = world.page
    page.lead = f"Kvittens {personal_number()}"
    page.save_revision(clean=False)
    (stop,) = stops_in(page)
    (objection,) = object_to(page, [stop.digest], by=PersonFactory(editor=True), reason="Vårt eget nummer.")
    client.post(f"/admin/granskning/stopp/{objection.pk}/", {"answer": "agree", "checked": "on"})
    objection.refresh_from_db()
    return objection.agreed_at is not None


def appoints(client: Client, world: World) -> bool:
    role = {"organisation": world.b.pk, "email": "ny@bokby.example", "name": "Ny Namnsdotter", "start": "2026-01-01"}
    client.post("/admin/contactperson/new/", role)
    return Person.objects.filter(email=role["email"]).exists()


def sends_a_mail_again(client: Client, world: World) -> bool:
    client.post(f"/admin/mejl/{world.mail.pk}/forsok-igen/")
    world.mail.refresh_from_db()
    return world.mail.status != MailStatus.FAILED


def empties_the_queue(client: Client, world: World) -> bool:
    OutgoingMail.objects.filter(pk=world.mail.pk).update(status=MailStatus.QUEUED, due_at=timezone.now())
    client.post("/admin/mejl/flera/", {"id": world.mail.pk, "gor": "ta-bort"})
    world.mail.refresh_from_db()
    return world.mail.status == MailStatus.WITHDRAWN


TRIES: dict[str, Try] = {
    "Komma in i redaktionens verktyg": shows("/admin/"),
    "Ändra utkast till sidor": shows("/admin/pages/{page}/edit/"),
    "Skapa sidor": shows("/admin/pages/add/resources/resourcepage/{library}/"),
    "Publicera och avpublicera sidor": shows("/admin/pages/{page}/unpublish/"),
    "Ladda upp filer": shows("/admin/documents/multiple/add/"),
    "Ändra och godkänna filer": approves_a_file,
    "Säga att ett stopp är fel, och hålla med en annan om det": agrees_that_a_stop_is_wrong,
    "Ändra ordlistor": shows("/admin/theme/new/"),
    "Se kontaktregistret": shows("/admin/contactperson/"),
    "Ändra kontaktregistret": appoints,
    "Se och ändra anmälda till möten": shows("/admin/moten/{meeting}/deltagare/{participant}/avanmal/"),
    "Bjuda in till möten": shows("/admin/moten/{meeting}/inbjudan/"),
    "Skriva brev till kontaktpersoner": shows("/admin/brev/nytt/"),
    "Se utgående mejl": shows("/admin/mejl/{mail}/"),
    "Skicka ett mejl igen": sends_a_mail_again,
    "Släppa kön med mejl": shows("/admin/mejl/slapp-kon/"),
    "Tömma kön med mejl": empties_the_queue,
    "Se hur driften mår": shows("/admin/driften/"),
    "Rensa bort för gott": shows("/admin/granskning/rensa/sida/{page}/"),
    "Se vad som har rensats bort": shows("/admin/granskning/bortrensat/"),
    "Se vem som har läst personuppgifter": shows("/admin/registeraccess/"),
    "Ge andra roller": shows("/admin/users/edit/{colleague}/"),
    "Ändra webbplatsens inställningar": shows("/admin/sites/"),
}


def test_the_table_names_every_role_and_each_of_its_rights_is_tried() -> None:
    assert tuple(rows()[0][1:]) == STAFF == (*(role.name for role in ROLES), ADMINISTRATOR)
    assert allowed().keys() == TRIES.keys()


@pytest.mark.parametrize("role", STAFF)
def test_each_cell_is_as_the_table_says(role: str) -> None:
    world = make_world()
    client = session_of(world.staff[role], second_factor=True)
    found = {}
    for right, attempt in TRIES.items():
        with transaction.atomic():
            found[right] = attempt(client, world)
            transaction.set_rollback(True)
        world.mail.refresh_from_db()
    assert found == {right: cells[role] for right, cells in allowed().items()}


@pytest.mark.parametrize("role", STAFF)
def test_without_a_second_factor_in_the_session_every_cell_is_no(role: str, settings) -> None:
    settings.STAFF_MFA_REQUIRED = True
    world = make_world()
    client = session_of(world.staff[role])
    assert [right for right, attempt in TRIES.items() if attempt(client, world)] == []
