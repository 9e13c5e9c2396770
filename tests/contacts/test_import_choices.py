"""What an editor chooses in the preview of an import: organisations, columns and rows below each other."""

import pytest
from django.test import Client
from django.urls import reverse

from contacts.models import ContactPerson, Organisation, PendingImport
from tests.factories.contacts import OrganisationFactory
from tests.screening.numbers import personal_number

from .imports.files import HEADINGS, csv_file, xlsx
from .imports.steps import answer, choose_columns, confirm, faulty_file, hidden, preview, told, upload

pytestmark = pytest.mark.django_db
ROWS = [
    ["Naka kommun", "Anna Ek", "anna@nacka.example"],
    ["Täby", "Bo Ås", "bo@taby.example"],
    ["naka  KOMMUN", "Cia Al", "cia@nacka.example"],
]


@pytest.fixture(autouse=True)
def organisations() -> None:
    OrganisationFactory(municipality=True, code="0182", short_name="Nacka")
    OrganisationFactory(municipality=True, code="0160", short_name="Täby")
    OrganisationFactory(municipality=True, code="0184", short_name="Solna")


def nacka() -> Organisation:
    return Organisation.objects.get(code="0182")


def stored() -> set[tuple[str, str]]:
    return set(ContactPerson.objects.values_list("organisation__code", "person__name"))


def confirm_now(client: Client):
    return confirm(client, PendingImport.objects.get().pk)


class TestAMisspeltName:
    def test_i7_is_accepted_with_a_click_for_all_rows_where_it_stands(self, as_editor: Client) -> None:
        html = upload(as_editor, xlsx(ROWS)).content.decode()
        assert html.count("Menade du Nacka kommun?</button>") == 1
        assert "(rad 2 och 4)" in html
        page = answer(as_editor, key="naka kommun|", organisation=nacka().pk)
        assert "Menade du" not in told(page) and "3 nya" in told(page)
        assert "”Naka kommun” är Nacka kommun (rad 2 och 4)" in told(page)
        confirm_now(as_editor)
        assert stored() == {("0182", "Anna Ek"), ("0160", "Bo Ås"), ("0182", "Cia Al")}

    def test_i7_an_answer_can_be_taken_back(self, as_editor: Client) -> None:
        upload(as_editor, xlsx(ROWS))
        answer(as_editor, key="naka kommun|", organisation=nacka().pk)
        page = answer(as_editor, key="naka kommun|")
        assert "Menade du Nacka kommun?" in told(page) and "Det här har du valt" not in told(page)

    def test_i7_another_organisation_can_be_typed(self, as_editor: Client) -> None:
        upload(as_editor, xlsx(ROWS))
        page = answer(as_editor, key="naka kommun|", typed="0184")
        assert "”Naka kommun” är Solna kommun" in told(page)
        confirm_now(as_editor)
        assert ("0184", "Anna Ek") in stored()

    def test_i7_what_is_typed_and_not_found_is_told_and_stays_in_the_field(self, as_editor: Client) -> None:
        upload(as_editor, xlsx(ROWS))
        page = answer(as_editor, key="naka kommun|", typed="Sollna")
        assert page.status_code == 422
        assert "Organisationen ”Sollna” finns inte i registret. Menade du Solna kommun?" in told(page)
        assert 'value="Sollna"' in page.content.decode()

    def test_i7_each_of_several_candidates_is_a_choice(self, as_editor: Client) -> None:
        html = upload(as_editor, xlsx([["Nacka/Täby", "Anna Ek", "anna@nacka.example"]])).content.decode()
        for name in ("Nacka kommun", "Täby kommun"):
            assert f"Menade du {name}?</button>" in html

    def test_a_name_that_the_file_has_not_is_no_choice(self, as_editor: Client) -> None:
        upload(as_editor, xlsx(ROWS))
        answer(as_editor, key="hittepå|", organisation=nacka().pk)
        assert PendingImport.objects.get().assigned["organisations"] == {}

    def test_i10_the_faulty_rows_come_back_with_the_organisation_that_was_chosen(self, as_editor: Client) -> None:
        upload(as_editor, xlsx([*ROWS, ["Naka kommun", "Dag Öst", "dag(at)nacka.example"]]))
        page = answer(as_editor, key="naka kommun|", organisation=nacka().pk)
        _, row = faulty_file(page.content.decode()).active.iter_rows(values_only=True)
        assert row[0] == "Nacka kommun" and "ingen giltig e-postadress" in row[-1]
        confirm_now(as_editor)
        assert len(stored()) == 3

    def test_what_was_seen_is_stored_and_no_later_choice(self, as_editor: Client) -> None:
        seen = hidden(upload(as_editor, xlsx(ROWS)).content.decode())
        answer(as_editor, key="naka kommun|", organisation=nacka().pk)
        response = confirm(as_editor, PendingImport.objects.get().pk, seen)
        assert response.status_code == 409 and "dina val har ändrats" in told(response)
        assert stored() == set()

    def test_very_many_names_are_not_all_asked_about(self, as_editor: Client) -> None:
        rows = [[f"Fel namn {number}", f"Anna Ek{number}", f"a{number}@x.example"] for number in range(25)]
        rows = [[name.translate(str.maketrans("0123456789", "abcdefghij")), *rest] for name, *rest in rows]
        page = upload(as_editor, xlsx([*rows, ROWS[1]]))
        assert page.content.decode().count('name="typed"') == 20
        assert "Och 5 namn till. Är rätt kolumn vald som Organisation?" in told(page)


class TestRowsWithoutAnOrganisation:
    BELOW = [["Täby", "Bo Ås", "bo@taby.example"], ["", "Cia Al", "cia@taby.example"]]

    def test_have_that_of_the_row_above_when_the_editor_says_so(self, as_editor: Client) -> None:
        page = upload(as_editor, csv_file(self.BELOW), "lista.csv")
        assert "Några rader saknar organisation (rad 3)." in told(page)
        url = reverse("contact_import:fill_down", args=[PendingImport.objects.get().pk])
        assert "2 nya" in told(as_editor.post(url, {"fills_down": "true"}, follow=True))
        assert "Organisation saknas" in told(as_editor.post(url, follow=True))
        as_editor.post(url, {"fills_down": "true"})
        confirm_now(as_editor)
        assert stored() == {("0160", "Bo Ås"), ("0160", "Cia Al")}

    def test_the_first_row_has_none_above(self, as_editor: Client) -> None:
        page = upload(as_editor, csv_file([self.BELOW[1], ROWS[1]]), "lista.csv")
        assert "raden ovanför" not in told(page) and "Organisation saknas" in told(page)


class TestColumnsByHand:
    ROWS = [["Anna Ek", "anna@nacka.example", "Nacka"], ["Bo Ås", "bo@taby.example", "Täby"]]

    def test_i3_headings_that_nobody_knows_are_shown_with_values_and_a_proposal(self, as_editor: Client) -> None:
        html = upload(as_editor, xlsx(self.ROWS, ["Vem", "Hur", "Var"])).content.decode()
        assert "hittar inte någon kolumn för Organisation eller Kod, Namn, E-post" in html
        assert "anna@nacka.example · bo@taby.example" in html
        for value, title in (("name", "Namn"), ("email", "E-post"), ("organisation", "Organisation")):
            assert f'<option value="{value}" selected>{title}</option>' in html
        assert "Spara i registret" not in html
        assert "2 nya" in told(choose_columns(as_editor, "name", "email", "organisation", first_row=2))
        confirm_now(as_editor)
        assert stored() == {("0182", "Anna Ek"), ("0160", "Bo Ås")}

    @pytest.mark.parametrize("name", ["lista.xlsx", "lista.csv"])
    def test_i3_a_file_without_headings(self, as_editor: Client, name: str) -> None:
        first, *rest = self.ROWS
        html = upload(as_editor, xlsx(rest, first) if name.endswith("xlsx") else csv_file(rest, first), name)
        assert 'name="first_row" value="1"' in html.content.decode()
        choose_columns(as_editor, "name", "email", "organisation", first_row=1)
        confirm_now(as_editor)
        assert stored() == {("0182", "Anna Ek"), ("0160", "Bo Ås")}

    def test_i3_a_column_without_a_value_is_not_asked_about(self, as_editor: Client) -> None:
        first, *rest = [[row[0], "", *row[1:]] for row in self.ROWS]
        html = upload(as_editor, xlsx(rest, first)).content.decode()
        assert "Kolumn 3" in html and "Kolumn 2" not in html
        choose_columns(as_editor, "name", "", "email", "organisation", first_row=1)
        confirm_now(as_editor)
        assert stored() == {("0182", "Anna Ek"), ("0160", "Bo Ås")}

    def test_i3_a_column_that_was_taken_for_the_wrong_thing(self, as_editor: Client) -> None:
        rows = [["Täby", "Anna Ek", "anna@nacka.example", "Nacka"]]
        assert "Täby" in told(upload(as_editor, xlsx(rows, ["Region", "Namn", "E-post", "Arbetar i"])))
        choose_columns(as_editor, "", "name", "email", "organisation", first_row=2)
        confirm_now(as_editor)
        assert stored() == {("0182", "Anna Ek")}

    def test_i3_two_columns_that_are_called_the_same_are_asked_about(self, as_editor: Client) -> None:
        rows = [["Nacka", "Anna Ek", "anna@nacka.example", "fel"]]
        page = upload(as_editor, xlsx(rows, [*HEADINGS, "E-post"]))
        assert "Kolumnen E-post finns två gånger. Tala om nedan" in told(page)
        assert "1 ny" in told(choose_columns(as_editor, "organisation", "name", "email", "", first_row=2))

    def test_i3_a_name_in_two_columns(self, as_editor: Client) -> None:
        upload(as_editor, xlsx([["Ek", "Anna", "anna@nacka.example", "Nacka"]], ["a", "b", "c", "d"]))
        choose_columns(as_editor, "last_name", "first_name", "email", "organisation", first_row=2)
        confirm_now(as_editor)
        assert stored() == {("0182", "Anna Ek")}

    @pytest.mark.parametrize(
        ("fields", "first_row", "fault"),
        [
            (("name", "email", ""), 2, "Välj vilken kolumn som är Organisation eller Kod."),
            (("", "", "organisation"), 2, "Välj vilken kolumn som är Namn och E-post."),
            (("name", "email", "email"), 2, "Två kolumner är valda som E-post. Välj den ena."),
            (("name", "first_name", "email"), 2, "Välj antingen Namn, eller Förnamn och Efternamn."),
            (("name", "email", "organisation"), 9, "Filen slutar på rad 3."),
            (("name", "email", "organisation"), 0, "Skriv radens nummer i filen."),
            (("name", "email", "något"), 2, "Välj vilken kolumn som är Organisation eller Kod."),
        ],
    )
    def test_what_cannot_be_read_is_told_and_the_choices_stay(
        self, as_editor: Client, fields: tuple[str, ...], first_row: int, fault: str
    ) -> None:
        upload(as_editor, xlsx(self.ROWS, ["Vem", "Hur", "Var"]))
        page = choose_columns(as_editor, *fields, first_row=first_row)
        assert page.status_code == 422 and fault in told(page)
        assert f'name="first_row" value="{first_row}"' in page.content.decode()
        assert PendingImport.objects.get().assigned == {}

    def test_answers_about_names_stay_when_columns_change(self, as_editor: Client) -> None:
        upload(as_editor, xlsx([[*row, "jurist"] for row in ROWS], [*HEADINGS, "Vad"]))
        answer(as_editor, key="naka kommun|", organisation=nacka().pk)
        choose_columns(as_editor, "organisation", "name", "email", "title", first_row=2)
        confirm_now(as_editor)
        assert len(stored()) == 3
        assert set(ContactPerson.objects.values_list("person__title", flat=True)) == {"jurist"}


class TestANumberOfAPerson:
    def kept(self) -> str:
        return bytes(PendingImport.objects.get().content).decode()

    def test_in_a_column_that_is_not_read_is_not_kept_and_stops_nothing(self, as_editor: Client) -> None:
        number = personal_number()
        page = upload(as_editor, xlsx([["Nacka", "Anna Ek", "a@nacka.example", number]], [*HEADINGS, "Övrigt"]))
        assert "1 ny" in told(page) and number not in page.content.decode() and number not in self.kept()

    def test_is_told_when_the_column_is_read_after_all(self, as_editor: Client) -> None:
        number = personal_number()
        upload(as_editor, xlsx([["Nacka", "Anna Ek", "a@nacka.example", number]], [*HEADINGS, "Övrigt"]))
        page = choose_columns(as_editor, "organisation", "name", "email", "title", first_row=2)
        assert "Titel: personnummer («" in told(page) and number not in page.content.decode()
        assert "Spara i registret" not in told(page)

    def test_is_found_anew_by_what_the_column_is_called(self, as_editor: Client) -> None:
        number = personal_number().replace("-", "")
        rows = [["Nacka", "Anna Ek", "a@nacka.example", number]]
        upload(as_editor, xlsx(rows, [*HEADINGS, "Fakturanr"]))
        page = choose_columns(as_editor, "organisation", "name", "email", "phone", first_row=2)
        assert "Telefon: personnummer («" in told(page)
        assert number not in self.kept() and number not in preview(as_editor).content.decode()

    def test_divided_among_columns_is_not_kept(self, as_editor: Client) -> None:
        number = personal_number()
        day, last = number[:6], number[-4:]
        headings = [*HEADINGS, "Födelsedatum", "Fyra sista"]
        upload(as_editor, xlsx([["Nacka", "Anna Ek", "a@nacka.example", day, last]], headings))
        assert day not in self.kept() and f'"{last}"' not in self.kept()

    def test_divided_among_the_parts_of_a_name_is_told_and_not_kept(self, as_editor: Client) -> None:
        number = personal_number()
        day, last = number[:6], number[-4:]
        headings = ["Organisation", "Förnamn", "Efternamn", "E-post"]
        page = upload(as_editor, xlsx([["Nacka", day, last, "a@nacka.example"]], headings))
        assert "Namn: personnummer («" in told(page)
        assert day not in self.kept() and f'"{last}"' not in self.kept()

    def test_above_the_headings_is_not_kept(self, as_editor: Client) -> None:
        number = personal_number()
        upload(as_editor, csv_file([HEADINGS, ROWS[1]], [f"Fråga Anna {number}", "", ""]), "lista.csv")
        assert number not in self.kept()
