from datetime import timedelta

import pytest
from django.template import Context, Template
from pytest_django import DjangoAssertNumQueries

from tests.factories.meetings import MeetingPageFactory
from tests.factories.resources import FrameworkPartPageFactory, ThemeFactory

pytestmark = pytest.mark.django_db


def render(tag: str, **context: object) -> str:
    return Template(f"{{% load meetings_tags %}}{{% {tag} %}}").render(Context(context)).strip()


def test_the_next_meeting_is_the_first_that_is_to_be_held() -> None:
    assert "Inga möten är planerade" in render("next_meeting_card")
    soon = MeetingPageFactory(title="Det nästa").starts_at
    MeetingPageFactory(title="Längre fram", starts_at=soon + timedelta(days=90))
    MeetingPageFactory(title="Det inställda", starts_at=soon - timedelta(days=1), cancelled=True)
    MeetingPageFactory(title="Det gamla", past=True)
    html = render("next_meeting_card")

    assert "Det nästa" in html
    for other in ("Längre fram", "Det inställda", "Det gamla"):
        assert other not in html


def test_a_theme_shows_its_meetings_the_coming_first() -> None:
    theme = ThemeFactory()
    assert render("theme_meetings theme", theme=theme) == ""
    MeetingPageFactory(title="Det gamla", themes=[theme], past=True)
    MeetingPageFactory(title="Det nya", themes=[theme])
    MeetingPageFactory(title="Ett annat")
    html = render("theme_meetings theme", theme=theme)

    assert html.index("Det nya") < html.index("Det gamla")
    assert "Ett annat" not in html


def test_a_part_of_the_framework_shows_its_meetings() -> None:
    part = FrameworkPartPageFactory(slug="forebygga")
    MeetingPageFactory(title="Om att förebygga", framework_parts=[part])

    assert "Om att förebygga" in render("part_meetings part", part=part)


def test_more_meetings_cost_no_more_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    theme = ThemeFactory()
    for _ in range(8):
        MeetingPageFactory(themes=[theme])
    render("theme_meetings theme", theme=theme)
    with django_assert_max_num_queries(6):
        render("theme_meetings theme", theme=theme)
