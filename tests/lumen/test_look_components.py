"""The components that carry behaviour: forms, pages of a list, the framework's picture."""

import re
from types import SimpleNamespace

import html5lib
import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string

NAMES = ("Förutsättningar", "Förebygga", "Förhindra och upptäcka", "Agera", "Lära")
PARTS = [SimpleNamespace(short_title=name, url=f"/ramverk/{i}/") for i, name in enumerate(NAMES)]


def component(name: str, **context) -> str:
    return render_to_string(f"components/{name}.html", context)


def assert_valid(fragment: str) -> None:
    html5lib.HTMLParser(strict=True).parse(f'<!DOCTYPE html><html lang="sv"><title>x</title><body>{fragment}')


class SampleForm(forms.Form):
    name = forms.CharField(label="Namn")
    email = forms.EmailField(label="E-post", help_text="Dit skickas bekräftelsen.")
    way = forms.ChoiceField(label="Hur?", choices=[("d", "Digitalt"), ("p", "På plats")], widget=forms.RadioSelect)
    remind = forms.BooleanField(label="Påminn mig", required=False)
    note = forms.CharField(label="Övrigt", required=False, widget=forms.Textarea(attrs={"class": "wide"}))


@pytest.mark.parametrize("name", SampleForm.base_fields)
def test_a_field_is_valid_html_and_says_its_label(name):
    html = component("form_field", field=SampleForm()[name])
    assert_valid(html)
    assert SampleForm.base_fields[name].label in html


def test_help_and_error_are_tied_to_the_input():
    html = component("form_field", field=SampleForm({"email": "fel"})["email"])

    assert 'aria-describedby="id_email_helptext id_email_error"' in html
    assert 'id="id_email_helptext"' in html
    assert 'id="id_email_error"' in html
    assert 'aria-invalid="true"' in html
    assert_valid(html)


def test_a_group_of_choices_has_its_question_as_legend_and_its_error_tied_to_it():
    html = component("form_field", field=SampleForm({})["way"])

    assert re.search(r"<legend[^>]*>Hur\?", html)
    assert 'aria-describedby="id_way_error"' in html
    assert html.count('type="radio"') == 2
    assert re.search(r'<label[^>]*for="id_way_1"[^>]*>På plats', html)


def test_a_field_that_may_be_left_out_says_so_and_keeps_its_own_class():
    html = component("form_field", field=SampleForm()["note"])
    assert "(frivilligt)" in html
    assert 'class="ds-input wide"' in html


def test_the_chosen_option_stays_chosen():
    html = component("form_field", field=SampleForm({"way": "p"})["way"])
    assert re.search(r'value="p"[^>]*checked', html, re.S)
    assert not re.search(r'value="d"[^>]*checked', html, re.S)


def test_the_summary_of_errors_leads_to_each_field():
    html = component("error_summary", form=SampleForm({"name": "Kim", "email": "fel"}))
    assert "2 saker behöver rättas" in html
    assert re.findall(r'href="(#[^"]+)"', html) == ["#id_email", "#id_way_0"]
    assert component("error_summary", form=SampleForm()).strip() == ""


def test_u14_the_summary_of_errors_takes_the_focus_without_script():
    html = component("error_summary", form=SampleForm({}))
    assert re.search(r'class="error-summary"[^>]*tabindex="-1"[^>]*autofocus', html)
    assert_valid(html)


def test_a_name_in_an_error_is_escaped():
    form = SampleForm({"name": "Kim", "email": "kim@nacka.example", "way": "<script>"})
    assert "<script>" not in component("error_summary", form=form) + component("form_field", field=form["way"])


def test_the_pages_keep_the_rest_of_the_query_and_shorten_a_long_row():
    page = Paginator(range(200), 10).page(7)
    html = component("pagination", page_obj=page, querystring="q=avtal&typ=mall")

    assert_valid(html)
    assert "?q=avtal&amp;typ=mall&amp;sida=8" in html
    assert html.count("…") == 2
    assert re.search(r'aria-current="page">\s*<span[^>]*>Sida </span>7', html)


def test_one_page_needs_no_pages():
    assert component("pagination", page_obj=Paginator(range(3), 10).page(1), querystring="").strip() == ""


def test_each_drawing_of_the_framework_links_to_its_five_parts_in_order():
    html = component("framework_picture", parts=PARTS)

    assert_valid(html)
    drawings = re.findall(r"<svg.*?</svg>", html, re.S)
    assert len(drawings) == 2
    for drawing in drawings:
        assert re.findall(r'href="([^"]+)"', drawing) == [part.url for part in PARTS]
        assert re.findall(r"<text[^>]*>([^<]+)</text>", drawing) == list(NAMES)


def test_the_chosen_part_is_marked_in_both_drawings():
    html = component("framework_picture", parts=PARTS, current=PARTS[3])
    marked = re.findall(r'href="([^"]+)"[^>]*aria-current="page"', html)
    assert marked == [PARTS[3].url, PARTS[3].url]


def test_a_card_has_one_link_with_its_title_as_name():
    html = component("card", title="Riskanalys", url="/r/", kicker="Mall", text="Kort.", meta="Brå", level=2)
    assert_valid(html)
    assert re.findall(r"<a[^>]*>([^<]+)</a>", html) == ["Riskanalys"]
    assert "<h2" in html


def test_facts_without_an_answer_are_left_out():
    items = [{"term": "Datum", "description": ""}, {"term": "Plats", "description": "Solna"}]
    html = component("fact_list", items=items)
    assert "Datum" not in html
    assert "Solna" in html


@pytest.mark.parametrize(("kind", "colour"), [("error", "danger"), ("warning", "warning"), ("debug", "info")])
def test_an_alert_takes_the_colour_of_its_kind(kind, colour):
    assert f'data-color="{colour}"' in component("alert", kind=kind, text="Hej")


def test_the_way_back_up_begins_at_the_start_page():
    html = component("breadcrumbs", parent_title="Möten", parent_url="/moten/", current="Tredje mötet")
    assert_valid(html)
    assert re.findall(r'href="([^"]+)"', html) == ["/", "/moten/"]
    assert re.search(r'aria-current="page">\s*Tredje mötet', html)
