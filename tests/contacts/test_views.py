"""The public page of organisations, its map, and the page that stops mail-outs."""

from collections.abc import Callable
from io import StringIO

import html5lib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contacts.coverage import by_county, coverage_picture
from contacts.maps import sweden
from contacts.models import ContactPerson, Organisation
from contacts.official_organisations import kommuner_and_regioner
from tests.factories.contacts import ContactPersonFactory, MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
URL = "/organisationer/"


@pytest.fixture
def the_country() -> None:
    call_command("load_organisations", stdout=StringIO())
    for code in ("0182", "0114", "01"):
        ContactPersonFactory(
            organisation=Organisation.objects.get(code=code),
            person__name="Hemlige Henrik",
            person__email=f"henrik{code}@hemlig.example",
            person__phone="08-555 000",
        )


def names(client: Client, **query: str) -> list[str]:
    counties = client.get(URL, query).context["counties"]
    return [row.name for county in counties for row in county.organisations]


@pytest.mark.usefixtures("the_country")
class TestThePage:
    def test_it_tells_how_many_take_part_and_names_no_person(self, client: Client) -> None:
        response = client.get(URL)
        html = response.content.decode()
        assert response.status_code == 200
        assert "2 av 290 är med" in html
        assert "1 av 21 är med" in html
        assert len(names(client)) == 311
        for secret in ("Henrik", "hemlig.example", "555 000"):
            assert secret not in html

    def test_it_is_valid_html_with_one_h1_and_nothing_inline(self, client: Client) -> None:
        html = client.get(URL).content.decode()
        document = html5lib.HTMLParser(strict=True).parse(html)
        assert document is not None
        assert html.count("<h1") == 1
        assert "<style" not in html
        assert "style=" not in html
        ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
        assert len(ids) == len(set(ids))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"q": "nacka"}, ["Nacka kommun"]),
            ({"q": "ÖSTRA göinge"}, ["Östra Göinge kommun"]),
            ({"lan": "09"}, ["Region Gotland", "Gotlands kommun"]),
            ({"lan": "09", "slag": "region"}, ["Region Gotland"]),
            ({"med": "ja"}, ["Region Stockholm", "Nacka kommun", "Upplands Väsby kommun"]),
            ({"lan": "01", "med": "ja", "q": "väsby"}, ["Upplands Väsby kommun"]),
            ({"q": "finns inte"}, []),
        ],
    )
    def test_filters_can_be_combined(self, client: Client, query: dict[str, str], found: list[str]) -> None:
        assert names(client, **query) == found

    @pytest.mark.parametrize("query", [{"q": "x" * 5_000}, {"lan": "99"}, {"slag": "authority"}, {"med": "kanske"}])
    def test_a_filter_that_is_not_understood_is_told_and_everything_shown(
        self, client: Client, query: dict[str, str]
    ) -> None:
        response = client.get(URL, query)
        assert response.status_code == 200
        assert "Filtret gick inte att förstå" in response.content.decode()
        assert len(names(client, **query)) == 311

    @pytest.mark.parametrize("q", ["", " ", '"', "%", "'; DROP TABLE x", "<script>alert(1)</script>"])
    def test_odd_words_get_an_answer(self, client: Client, q: str) -> None:
        response = client.get(URL, {"q": q})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()

    def test_nothing_found_offers_the_way_on(self, client: Client) -> None:
        html = client.get(URL, {"q": "finns inte"}).content.decode()
        assert "Ingen organisation passar filtret." in html
        assert "Visa alla kommuner och regioner" in html

    def test_the_collaboration_group_has_its_thirteen_actors_with_links(self, client: Client) -> None:
        response = client.get(URL)
        assert len(response.context["actors"]) == 13
        assert '<a href="https://www.ivo.se">Inspektionen för vård och omsorg</a>' in response.content.decode()

    def test_u16_the_search_comes_first_and_the_counties_are_folded_until_one_asks(self, client: Client) -> None:
        html = client.get(URL).content.decode()
        order = (
            'name="lan"',
            'class="organisation-list__county"',
            'id="samverkansgrupp"',
            'class="coverage-map__maps"',
        )
        assert sorted(order, key=html.index) == list(order)
        assert html.count('class="organisation-list__county" >') == 21
        found = client.get(URL, {"lan": "09"}).content.decode()
        assert found.count('class="organisation-list__county" open>') == 1

    def test_u16_a_folded_county_says_how_many_take_part(self, client: Client) -> None:
        html = " ".join(client.get(URL, {"lan": "09"}).content.decode().split())
        assert "0 av 2 är med" in html

    def test_the_tag_gives_the_same_map_with_a_link(self) -> None:
        html = Template("{% load coverage %}{% coverage_map %}").render(Context())
        assert "2 av 290 är med" in html
        assert f'href="{URL}"' in html
        assert "Stockholms län" in html
        assert "Henrik" not in html


def test_without_any_organisation_there_is_still_a_page(client: Client) -> None:
    assert client.get(reverse("contacts:organisations")).status_code == 200


def test_the_number_of_queries_does_not_grow(client: Client, django_assert_num_queries: Callable) -> None:
    for _ in range(2):
        ContactPersonFactory.create_batch(5)
        MembershipFactory.create_batch(3)
        with django_assert_num_queries(3):
            client.get(URL)


def test_the_map_has_an_outline_for_every_kommun_and_region() -> None:
    codes = {row.code for row in kommuner_and_regioner()}
    assert codes == {*sweden().municipalities, *sweden().counties}
    assert all(path.startswith("M") and path.endswith("z") for path in sweden().municipalities.values())


def test_an_area_is_drawn_once_as_taking_part_or_not() -> None:
    ContactPersonFactory(organisation__municipality=True, organisation__code="0182")
    OrganisationFactory(municipality=True, code="0114")
    picture = coverage_picture()
    assert picture["municipalities_in"] == sweden().municipalities["0182"]
    assert sweden().municipalities["0114"] in picture["municipalities_out"]
    assert sweden().municipalities["0182"] not in picture["municipalities_out"]


def test_names_are_sorted_as_in_swedish() -> None:
    for short_name in ("Örebro", "Älvdalen", "Åre", "Zinkgruvan"):
        OrganisationFactory(municipality=True, short_name=short_name)
    OrganisationFactory(region=True, short_name="Öst", county_code="01")
    (county,) = by_county(Organisation.objects.with_participation())
    assert [row.short_name for row in county.organisations] == ["Öst", "Zinkgruvan", "Åre", "Älvdalen", "Örebro"]


class TestStopMail:
    """The page behind the link in the header of a mail-out."""

    ONE_CLICK = "List-Unsubscribe=One-Click"
    FORM = "application/x-www-form-urlencoded"
    BUTTON = "Sluta skicka mejl till mig"

    @pytest.fixture
    def role(self) -> ContactPerson:
        return ContactPersonFactory(organisation__short_name="Nacka", person__name="Hemlige Henrik")

    @staticmethod
    def path(role: ContactPerson) -> str:
        return role.stop_mail_link.removeprefix(settings.BASE_URL)

    @pytest.mark.parametrize("method", ["get", "head"])
    def test_to_open_it_changes_nothing(self, client: Client, role: ContactPerson, method: str) -> None:
        assert getattr(client, method)(self.path(role)).status_code == 200
        assert not ContactPerson.objects.mail_stopped().exists()
        assert not ModelLogEntry.objects.exists()

    def test_it_names_the_organisation_and_no_person(self, client: Client, role: ContactPerson) -> None:
        html = client.get(self.path(role)).content.decode()
        assert "Nacka kommun" in html
        assert html.count(self.BUTTON) == 1
        for secret in ("Henrik", role.person.email):
            assert secret not in html

    @pytest.mark.parametrize("token_is_good", [True, False])
    def test_it_is_kept_and_found_by_nobody(self, client: Client, role: ContactPerson, token_is_good: bool) -> None:
        response = client.get(self.path(role) if token_is_good else "/utskick/trasig/")
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert 'content="noindex, nofollow"' in response.content.decode()

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (ONE_CLICK, FORM),
            ({"List-Unsubscribe": "One-Click"}, MULTIPART_CONTENT),
            ("", FORM),
        ],
    )
    def test_one_click_without_cookies_stops_mail_at_once(
        self, role: ContactPerson, body: str | dict[str, str], content_type: str
    ) -> None:
        mail_program = Client(enforce_csrf_checks=True)
        response = mail_program.post(self.path(role), body, content_type=content_type)
        assert response.status_code == 200, "a redirect would not be followed"
        assert "Vi skickar inga fler inbjudningar" in response.content.decode()
        assert not response.cookies
        assert list(ContactPerson.objects.mail_stopped()) == [role]

    def test_a_second_click_and_a_later_visit_say_the_same(self, client: Client, role: ContactPerson) -> None:
        for answer in (client.post(self.path(role)), client.post(self.path(role)), client.get(self.path(role))):
            html = answer.content.decode()
            assert "Vi skickar inga fler inbjudningar" in html
            assert self.BUTTON not in html
            assert "/min-sida/" in html
        assert ModelLogEntry.objects.count() == 1

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_a_broken_link_is_explained(self, client: Client, role: ContactPerson, method: str) -> None:
        response = getattr(client, method)(self.path(role)[:-2] + "/")
        assert response.status_code == 404
        assert "Länken fungerar inte" in response.content.decode()
        assert not ContactPerson.objects.mail_stopped().exists()

    def test_an_ended_role_has_nothing_to_stop(self, client: Client) -> None:
        role = ContactPersonFactory(ended=True)
        html = client.get(self.path(role)).content.decode()
        assert "Det finns inget att stoppa" in html
        assert self.BUTTON not in html

    def test_one_click_is_obeyed_for_an_ended_role_too(self, client: Client) -> None:
        # Who was invited before the role ended is still told when the meeting moves.
        role = ContactPersonFactory(ended=True)
        assert client.post(self.path(role)).status_code == 200
        assert list(ContactPerson.objects.mail_stopped()) == [role]

    @pytest.mark.parametrize("traits", [{}, {"no_mail": True}, {"ended": True}])
    def test_it_is_valid_html_with_one_h1(self, client: Client, traits: dict[str, bool]) -> None:
        html = client.get(self.path(ContactPersonFactory(**traits))).content.decode()
        assert html5lib.HTMLParser(strict=True).parse(html) is not None
        assert html.count("<h1") == 1
