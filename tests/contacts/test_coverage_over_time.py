"""Coverage over time equals a recount day by day, whatever comes and goes, and costs one query."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from contacts.coverage_over_time import Role, counted, coverage_history, covered_on, month_ends
from contacts.enums import OrganisationKind
from contacts.models import Organisation, today
from tests.factories.contacts import ContactPersonFactory, MembershipFactory, OrganisationFactory

FIRST = date(2025, 4, 1)
KINDS = (OrganisationKind.MUNICIPALITY, OrganisationKind.REGION)
# Day numbers of twenty years; a role without an end, or one that was taken back, is among them.
days = st.integers(0, 20 * 365).map(lambda number: FIRST + timedelta(days=number))


@st.composite
def role(draw: st.DrawFn) -> Role:
    organisation = draw(st.integers(1, 6))
    start = draw(days)
    end = draw(st.none() | st.integers(0, 2_000).map(lambda length: start + timedelta(days=length)))
    return organisation, KINDS[organisation % 2], start, end


def recounted(roles: list[Role], day: date, kind: str) -> int:
    return len({row[0] for row in roles if row[1] == kind and row[2] <= day and (row[3] is None or row[3] > day)})


@given(st.lists(role(), max_size=40), st.lists(days, max_size=30))
def test_line_3_twenty_years_of_comings_and_goings_equal_a_recount_on_every_day(
    roles: list[Role], sampled: list[date]
) -> None:
    # The days on which something changes, and those beside them, are the ones to get wrong.
    edges = [day + timedelta(days=step) for row in roles for day in row[2:4] if day for step in (-1, 0, 1)]
    for found in counted(roles, [*sampled, *edges]):
        assert (found.municipalities, found.regions) == tuple(recounted(roles, found.on, kind) for kind in KINDS)


def test_month_ends_are_the_last_days_of_months_and_then_the_last_day() -> None:
    assert month_ends(date(2027, 12, 5), date(2028, 3, 10)) == [
        *(date(2027, 12, 31), date(2028, 1, 31), date(2028, 2, 29), date(2028, 3, 10)),
    ]
    assert month_ends(date(2028, 3, 1), date(2028, 3, 31)) == [date(2028, 3, 31)]


@pytest.mark.django_db
@pytest.mark.databases
def test_the_database_says_the_same_as_the_query_of_one_day(django_assert_num_queries: Callable) -> None:
    organisation = OrganisationFactory(municipality=True)
    ContactPersonFactory(organisation=organisation, end=date(2025, 12, 1))
    ContactPersonFactory(organisation=organisation, start=date(2025, 12, 1), end=date(2026, 2, 1))
    ContactPersonFactory(organisation=OrganisationFactory(region=True), start=date(2026, 1, 15))
    ContactPersonFactory(organisation=OrganisationFactory(), start=date(2025, 5, 1))  # an authority is not counted
    sampled = month_ends(FIRST, date(2045, 4, 1))
    with django_assert_num_queries(1):
        found = covered_on(sampled)
    for each in found[:14]:
        one = Organisation.objects.coverage(each.on)
        assert (each.municipalities, each.regions) == (one.municipalities, one.regions)
    assert [each.municipalities for each in found[5:11]] == [0, 1, 1, 1, 1, 0]


@pytest.mark.django_db
class TestTheCurve:
    def test_it_ends_today_where_the_numbers_are(self) -> None:
        ContactPersonFactory(start=FIRST)
        totals = {OrganisationKind.MUNICIPALITY: 2, OrganisationKind.REGION: 0}
        curves = coverage_history(FIRST, date(2025, 6, 30), totals=totals)["curves"]
        assert [(curve.label, curve.number, curve.total) for curve in curves] == [
            ("Kommuner", 1, 2),
            ("Regioner", 0, 0),
        ]
        assert curves[0].line == "M0 80L305 80L600 80"
        assert curves[0].area == "M0 80L305 80L600 80V160H0Z"

    def test_a_chosen_day_is_marked_if_it_is_in_the_picture(self) -> None:
        totals = dict.fromkeys(KINDS, 1)
        marked = [
            coverage_history(FIRST, date(2025, 6, 30), totals=totals, marked=day)["curves"][0].marked
            for day in (date(2025, 5, 31), date(2024, 1, 1), None)
        ]
        assert marked == [305, None, None]


@pytest.mark.django_db
class TestThePageOnADay:
    URL = "/organisationer/"

    def test_it_shows_the_organisations_as_they_were(self, client: Client) -> None:
        gone = ContactPersonFactory(organisation__short_name="Fordom", ended=True).organisation
        left = MembershipFactory(end=date(2026, 1, 1)).organisation
        now = client.get(self.URL)
        then = client.get(self.URL, {"dag": "2025-11-30"})
        takes_part = [
            [row.takes_part for county in page.context["counties"] for row in county.organisations if row == gone]
            for page in (now, then)
        ]
        assert takes_part == [[False], [True]]
        assert [left in page.context["actors"] for page in (now, then)] == [False, True]
        html = then.content.decode()
        assert "Så många var med den 30 november 2025" in html
        assert "Visa hur det är i dag" in html
        assert 'name="dag" value="2025-11-30"' in html

    @pytest.mark.parametrize(
        ("day", "told"),
        [
            ("31 januari", "Skriv dagen som 2026-01-31."),
            ("2026-02-30", "Skriv dagen som 2026-01-31."),
            ("9" * 10_000, "Skriv dagen som 2026-01-31."),
            ("9999-12-31", "Den dagen har inte varit än."),
        ],
    )
    def test_a_day_that_cannot_be_used_is_told_and_today_shown(self, client: Client, day: str, told: str) -> None:
        ContactPersonFactory()
        response = client.get(self.URL, {"dag": day})
        assert response.status_code == 200
        assert told in response.content.decode()
        assert response.context["picture"]["municipalities"] == 1

    @pytest.mark.parametrize("day", ["0001-01-01", "2025-03-31"])
    def test_before_the_forum_nobody_took_part(self, client: Client, day: str) -> None:
        ContactPersonFactory()
        assert client.get(self.URL, {"dag": day}).context["picture"]["municipalities"] == 0

    def test_today_is_no_past_day(self, client: Client) -> None:
        assert client.get(self.URL, {"dag": today().isoformat()}).context["day"] is None

    def test_the_filter_and_the_day_keep_each_other(self, client: Client) -> None:
        html = client.get(self.URL, {"dag": "2025-11-30", "slag": "region"}).content.decode()
        assert '<input type="hidden" name="slag" value="region">' in html
        assert '<input type="hidden" name="dag" value="2025-11-30">' in html

    def test_line_3_the_number_of_queries_is_constant_in_years(
        self, client: Client, django_assert_num_queries: Callable
    ) -> None:
        for year in (2025, 2015):
            ContactPersonFactory.create_batch(3, start=date(year, 10, 1))
            with django_assert_num_queries(3):
                client.get(self.URL, {"dag": "2025-12-31"})
