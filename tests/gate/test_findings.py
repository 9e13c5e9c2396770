"""What is found has a place that an editor knows, in the order of the form."""

import pytest
from django.utils.translation import activate
from wagtail.models import Page, get_page_models

from gate.findings import findings_in, form_order
from gate.stops import screen_instance
from resources.models import StandardPage, Theme
from screening.findings import Verdict
from tests.screening.numbers import personal_number

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _swedish() -> None:
    activate("sv")


@pytest.mark.parametrize(
    ("html", "where"),
    [
        ("<p>Ett.</p><p>{}</p>", ", stycke 2"),
        ("<h2>Ett</h2>\n<ul>\n<li>två</li>\n<li>{}</li>\n</ul>", ", stycke 3"),
        ("<p>Ett<br/>och<br>mer.</p><p></p><p>Två<br/>{}</p>", ", stycke 2"),
        ("<p>Ett <b>{}</b></p><p>Två.</p>", ", stycke 1"),
        ("<p>Ett<br/>{}</p>", ""),
        ("<p>{}</p>", ""),
        ("Ett\u2028eller\r\n<p>{}</p><p>Tre.</p>", ", stycke 2"),
    ],
    ids=["second", "point-of-a-list", "breaks-in-a-paragraph", "first", "only-one", "one-line", "odd-breaks"],
)
def test_a_place_in_rich_text_is_the_paragraph_that_an_editor_sees(html: str, where: str) -> None:
    page = StandardPage(title="T", slug="t", body=[("text", html.format(personal_number()))])
    (finding,) = screen_instance(page).findings
    assert finding.where == f"Innehåll, block 1 (Text){where}"


def test_what_is_found_stands_in_the_order_of_the_form() -> None:
    number = personal_number()
    page = StandardPage(title=number, slug="t", lead=number, search_description=number, body=[("text", number)])
    places = [finding.where for finding in screen_instance(page).findings]
    assert places == ["Titel", "Ingress", "Innehåll, block 1 (Text)", "Beskrivning i sökmotorer"]


def test_the_form_of_every_page_type_has_an_order() -> None:
    for model in get_page_models():
        names = form_order(model)
        assert model is Page or names[0] == "title"
        assert len(names) == len(set(names))


def test_a_number_split_by_a_tag_is_screened_as_one() -> None:
    number = personal_number()
    page = StandardPage(title="T", slug="t", body=[("text", f"<p>{number[:4]}<b>{number[4:6]}</b>{number[6:]}</p>")])
    screening = screen_instance(page)
    assert screening.verdict == Verdict.BLOCK
    assert screening.findings[0].where.startswith("Innehåll, block 1 (Text)")
    assert number not in str(screening)


def test_a_number_is_found_in_a_text_field_also_when_code_has_put_it_there_as_a_number() -> None:
    number = int(personal_number().replace("-", ""))
    assert set(findings_in(Theme(name=number))) == {"name"}


def test_only_the_named_fields_of_a_row_are_screened() -> None:
    row = Theme(name=personal_number(), summary=personal_number())
    assert set(findings_in(row)) == {"name", "summary"}
    assert set(findings_in(row, ["summary"])) == {"summary"}
