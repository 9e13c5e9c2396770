"""Filters of the listings in the admin."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import django_filters
from django.db.models import Model, QuerySet
from wagtail.admin.filters import WagtailFilterSet

from .enums import GroupKind, OrganisationKind
from .models import ContactPerson, Group, Organisation, Person, today
from .official_organisations import kommuner_and_regioner

COUNTIES = sorted({(row.county_code, row.county) for row in kommuner_and_regioner()})


# Finds the rows whose names match a query: their keys, from rows of a key and its texts. The search of the material
# knows Swedish; that room lies above this one, so `lumen` passes it in when it starts.
Matcher = Callable[[str, Iterable[tuple[Any, ...]]], list[Any]]
_MATCHER: list[Matcher] = []


def name_matcher(matcher: Matcher) -> None:
    """Set how the lists of the register search."""
    _MATCHER[:] = [matcher]


def matching(rows: QuerySet[Any], query: str, fields: Sequence[str]) -> QuerySet[Any]:
    """The rows of which the fields together match the query. One query, and no more when there are many rows."""
    (matcher,) = _MATCHER
    return rows.filter(pk__in=matcher(query, rows.order_by().values_list("pk", *fields)))


class ChoiceFilter(django_filters.ChoiceFilter):
    """A choice whose empty alternative has a label of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"empty_label": "Alla", **kwargs})


class NameFilter(django_filters.CharFilter):
    """The rows that belong to an organisation or a person, whose name one types as in the lists' own search."""

    def __init__(self, *, model: type[Model], names: Sequence[str], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.named = model
        self.names = names

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if not value:
            return qs
        found = matching(self.named._default_manager.all(), value.replace("\x00", ""), self.names)
        return qs.filter(**{f"{self.field_name}__in": found.order_by().values("pk")})


def groups_of_similar() -> list[tuple[str, str]]:
    """The groups of similar kommuner that a file has told of."""
    named = Organisation.objects.exclude(group_of_similar="").order_by("group_of_similar")
    return [(name, name) for name in named.values_list("group_of_similar", flat=True).distinct()]


class OrganisationFilterSet(WagtailFilterSet):
    kind = ChoiceFilter(label="Slag", choices=OrganisationKind)
    county_code = ChoiceFilter(label="Län", choices=COUNTIES)
    contact = ChoiceFilter(
        label="Kontaktperson",
        choices=[
            ("ja", "Har kontaktperson"),
            ("nej", "Saknar kontaktperson"),
            ("adress", "Ingen adress fungerar"),
            ("onabar", "Ingen att mejla"),
        ],
        method="filter_contact",
    )

    group_of_similar = ChoiceFilter(label="Liknande kommuner", choices=groups_of_similar)

    class Meta:
        model = Organisation
        fields = ["kind", "county_code", "group_of_similar"]

    def filter_contact(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        chosen = Organisation.objects.filter(pk__in=rows.order_by().values("pk"))
        covered = chosen.covered()
        kept = {
            "ja": chosen.with_contact_person,
            "nej": covered.without_contact_person,
            "adress": covered.without_working_address,
            "onabar": covered.nobody_to_mail,
        }[value]()
        return rows.filter(pk__in=kept.order_by().values("pk"))


class ContactPersonFilterSet(WagtailFilterSet):
    kind = ChoiceFilter(label="Slag", field_name="organisation__kind", choices=OrganisationKind)
    county = ChoiceFilter(label="Län", field_name="organisation__county_code", choices=COUNTIES)
    state = ChoiceFilter(
        label="Uppdraget",
        choices=[("nu", "Pågår"), ("slut", "Har avslutats"), ("sen", "Har inte börjat")],
        method="filter_state",
    )
    deputy = ChoiceFilter(label="Roll", choices=[(False, "Kontaktperson"), (True, "Ersättare")])

    mail = ChoiceFilter(label="Mejl", choices=[("ja", "Får mejl"), ("nej", "Vill inte ha mejl")], method="filter_mail")

    class Meta:
        model = ContactPerson
        fields = ["deputy"]

    def filter_state(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "sen":
            return rows.filter(start__gt=today())
        kept = ContactPerson.objects.active() if value == "nu" else ContactPerson.objects.ended()
        return rows.filter(pk__in=kept.order_by().values("pk"))

    def filter_mail(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        stopped = ContactPerson.objects.mail_stopped().values("pk")
        return rows.filter(pk__in=stopped) if value == "nej" else rows.exclude(pk__in=stopped)


class PersonFilterSet(WagtailFilterSet):
    role = ChoiceFilter(
        label="Roll",
        choices=[("kontakt", "Kontaktperson eller ersättare nu"), ("redaktor", "Kommer in i redaktionens verktyg")],
        method="filter_role",
    )
    is_active = ChoiceFilter(label="Inloggning", choices=[(True, "Öppen"), (False, "Stängd")])

    class Meta:
        model = Person
        fields = ["is_active"]

    def filter_role(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        if value == "redaktor":
            kept = Person.objects.with_admin_access()
        else:
            kept = Person.objects.filter(pk__in=ContactPerson.objects.active().values("person"))
        return rows.filter(pk__in=kept.values("pk"))


class GroupFilterSet(WagtailFilterSet):
    kind = ChoiceFilter(label="Slag", choices=GroupKind)

    class Meta:
        model = Group
        fields = ["kind"]
