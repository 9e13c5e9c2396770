"""The official list of organisations and the command that loads it."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from contacts.enums import OrganisationKind
from contacts.models import Group, Membership, Organisation
from contacts.official_organisations import actors, derived_domain, kommuner_and_regioner
from tests.factories.contacts import ContactPersonFactory, OrganisationFactory


def test_the_list_has_every_kommun_and_region_once() -> None:
    official = kommuner_and_regioner()
    kinds = Counter(row.kind for row in official)
    assert kinds == {OrganisationKind.MUNICIPALITY: 290, OrganisationKind.REGION: 21}
    assert len({row.name for row in official}) == 311
    assert len({row.code for row in official}) == 311
    assert len({row.county_code for row in official}) == 21


def test_no_two_organisations_have_the_same_domain() -> None:
    domains = Counter(d for row in [*kommuner_and_regioner(), *actors()] for d in row.email_domains.split())
    assert domains.most_common(1)[0][1] == 1
    assert domains["habo.se"] == domains["habokommun.se"] == 1
    assert domains["gotland.se"] == 0, "kommun and region share it, so it tells nothing"


@pytest.mark.parametrize(
    ("short_name", "domain"),
    [("Nacka", "nacka.se"), ("Östra Göinge", "ostragoinge.se"), ("Upplands-Bro", "upplands-bro.se")],
)
def test_domain_from_the_name(short_name: str, domain: str) -> None:
    assert derived_domain(short_name) == domain


def test_the_collaboration_group_has_thirteen_actors_without_socialstyrelsen() -> None:
    seated = [row.name for row in actors() if row.in_collaboration_group]
    assert len(seated) == 13
    assert "Socialstyrelsen" not in seated
    assert len(actors()) == 14


@pytest.mark.django_db
class TestLoadOrganisations:
    def test_a_second_run_changes_nothing_and_keeps_what_an_editor_wrote(self) -> None:
        call_command("load_organisations", stdout=StringIO())
        nacka = Organisation.objects.get(code="0182")
        Organisation.objects.filter(pk=nacka.pk).update(email_domains="nacka.example", name="Nacka stad")
        Membership.objects.filter(organisation__short_name="Brå").update(end=date(2025, 12, 1))
        before = list(Organisation.objects.order_by("pk").values())
        out = StringIO()
        call_command("load_organisations", stdout=out)
        assert list(Organisation.objects.order_by("pk").values()) == before
        assert "0 nya. 0 nya platser" in out.getvalue()

    def test_it_seats_the_thirteen(self) -> None:
        call_command("load_organisations", stdout=StringIO())
        group = Group.objects.get()
        assert group.name == "Samverkansgruppen"
        assert Membership.objects.filter(group=group, start=date(2025, 4, 1), end=None).count() == 13
        assert Organisation.objects.in_collaboration_group().count() == 13

    def test_it_fills_in_what_is_blank(self) -> None:
        OrganisationFactory(municipality=True, code="0182", short_name="Nacka", email_domains="", county="")
        call_command("load_organisations", stdout=StringIO())
        nacka = Organisation.objects.get(code="0182")
        assert nacka.email_domains == "nacka.se"
        assert nacka.county == "Stockholms län"


@pytest.mark.django_db
class TestCoverageCommand:
    def test_json_is_one_document(self) -> None:
        ContactPersonFactory()
        out = StringIO()
        call_command("coverage", on="2025-10-01", json=True, stdout=out)
        assert out.getvalue() == (
            '{"on": "2025-10-01", "municipalities": 1, "municipalities_total": 1, "regions": 0, "regions_total": 0}\n'
        )

    def test_a_line_to_read(self) -> None:
        out = StringIO()
        call_command("coverage", on="2025-10-01", stdout=out)
        assert out.getvalue() == "2025-10-01: 0 av 0 kommuner och 0 av 0 regioner har kontaktperson.\n"

    @pytest.mark.parametrize("day", ["igår", "2025-02-30", ""])
    def test_a_day_that_is_none_is_a_fault(self, day: str) -> None:
        with pytest.raises(CommandError, match="ska vara ett datum"):
            call_command("coverage", on=day)
