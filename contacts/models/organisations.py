"""Kommuner, regioner, authorities and other actors."""

import re
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from gate.models import Screened
from outbox.addresses import domain_of, mistyped_domain

from ..enums import COVERED_KINDS, GroupKind, OrganisationKind
from ..slugs import SLUG_LENGTH, give_slugs
from .periods import holds, joined, today
from .roles import ContactPerson

GROUP_LENGTH = 100
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")


@dataclass(frozen=True)
class Coverage:
    """How many kommuner and regioner had a contact person on a day."""

    on: date
    municipalities: int
    municipalities_total: int
    regions: int
    regions_total: int

    def as_json(self) -> dict[str, str | int]:
        return {**asdict(self), "on": self.on.isoformat()}


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def covered(self) -> Self:
        """The kommuner and regioner: those whose contact persons are counted."""
        return self.filter(kind__in=COVERED_KINDS)

    def with_contact_person(self, on: date | None = None) -> Self:
        """Those that have at least one contact person on the day (today by default)."""
        return self.filter(pk__in=Organisation.objects.filter(holds(on, "contact_persons")).values("pk"))

    def without_contact_person(self, on: date | None = None) -> Self:
        """Those that have no contact person on the day, nor a deputy."""
        return self.exclude(pk__in=Organisation.objects.with_contact_person(on).values("pk"))

    def without_working_address(self, on: date | None = None) -> Self:
        """Those that have contact persons on the day, but none with an address that works."""
        working = ContactPerson.objects.active(on).with_working_address()
        return self.with_contact_person(on).exclude(pk__in=working.values("organisation"))

    def nobody_to_mail(self, on: date | None = None) -> Self:
        """The unreachable: those in which no mail-out would reach anybody on the day.

        They have no contact person, or each has stopped mail, may not log in or has an address that doesn't work.
        """
        return self.exclude(pk__in=ContactPerson.objects.mailable(on).values("organisation"))

    def with_participation(self, on: date | None = None) -> Self:
        """Annotate the rows with `takes_part`: whether they have a contact person on the day."""
        taking_part = Organisation.objects.with_contact_person(on).filter(pk=models.OuterRef("pk"))
        return self.annotate(takes_part=models.Exists(taking_part))

    def in_collaboration_group(self, on: date | None = None) -> Self:
        """Organisations with a seat in the collaboration group on the day."""
        seats = Organisation.objects.filter(holds(on, "memberships"), memberships__group__kind=GroupKind.COLLABORATION)
        return self.filter(pk__in=seats.values("pk"))

    def coverage(self, on: date | None = None) -> Coverage:
        """Count in one query how many kommuner and regioner had a contact person on the day."""
        on = on or today()
        counts: dict[str, models.Count] = {}
        for kind in COVERED_KINDS:
            of_kind = models.Q(kind=kind)
            counts[f"{kind}_total"] = models.Count("pk", filter=of_kind)
            counts[f"{kind}_covered"] = models.Count("pk", filter=of_kind & models.Q(takes_part=True))
        found = self.covered().with_participation(on).order_by().aggregate(**counts)
        return Coverage(
            on=on,
            municipalities=found[f"{OrganisationKind.MUNICIPALITY}_covered"],
            municipalities_total=found[f"{OrganisationKind.MUNICIPALITY}_total"],
            regions=found[f"{OrganisationKind.REGION}_covered"],
            regions_total=found[f"{OrganisationKind.REGION}_total"],
        )

    def for_email(self, address: str) -> "Organisation | None":
        """The one organisation whose domain the address belongs to, or None.

        A subdomain belongs to the domain above it, whose owner controls it. A domain that
        two organisations claim matches neither: an editor decides, never a guess.
        """
        domain = domain_of(address)
        while "." in domain:
            owners = [row for row in self.filter(email_domains__icontains=domain) if domain in row.domains]
            if owners:
                return owners[0] if len(owners) == 1 else None
            domain = domain.partition(".")[2]
        return None

    def domain_mistyped_in(self, address: str) -> str:
        """The organisations' domain that the address's own resembles without being one of theirs, or ""."""
        domains = (domain for row in self.exclude(email_domains="").only("email_domains") for domain in row.domains)
        return mistyped_domain(address, domains)


# The managers of other rooms' relations to this model are made at run time, where the type checker can't see.
class Organisation(Screened):  # type: ignore[django-manager-missing]
    """A kommun, region, authority or other actor around the forum."""

    not_typed = frozenset({"slug"})

    kind = models.CharField("slag", max_length=20, choices=OrganisationKind)
    # SCB's kommunkod (four digits) or länskod (two digits); "" for others.
    code = models.CharField("kod", max_length=4, blank=True)
    name = models.CharField("namn", max_length=200, unique=True)
    short_name = models.CharField("kort namn", max_length=100)
    # Names it in the address of its own page. Made from the short name, and kept when that changes.
    slug = models.SlugField(
        "adress", max_length=SLUG_LENGTH, db_index=False, blank=True, default="", db_default="", editable=False
    )
    county_code = models.CharField("länskod", max_length=2, blank=True)
    county = models.CharField("län", max_length=60, blank=True)
    # SKR's group of similar kommuner and the population, from a file that an editor gives; "" and None: not known.
    group_of_similar = models.CharField(
        "grupp av liknande kommuner", max_length=GROUP_LENGTH, blank=True, default="", db_default="", editable=False
    )
    population = models.PositiveIntegerField("folkmängd", null=True, blank=True, editable=False)
    population_year = models.PositiveSmallIntegerField("folkmängdens år", null=True, blank=True, editable=False)
    # One domain a line, without @. Used to tell where somebody who registers without a link works.
    email_domains = models.TextField("e-postdomäner", blank=True, help_text="En domän per rad, till exempel nacka.se.")
    # Where the organisation can be asked when nobody answers, such as the registrator.
    mailbox = models.EmailField(
        "funktionsbrevlåda", blank=True, default="", db_default="", help_text="Till exempel registrator@nacka.se."
    )
    website = models.URLField("webbplats", blank=True)
    description = models.TextField("beskrivning", blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["kind", "short_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "code"], condition=~models.Q(code=""), name="one_organisation_a_code"
            ),
            models.UniqueConstraint(fields=["slug"], condition=~models.Q(slug=""), name="one_organisation_a_slug"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[k.value for k in COVERED_KINDS]) | ~models.Q(code=""),
                name="municipalities_and_regions_have_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self.slug and kwargs.get("update_fields") is None:
            give_slugs([self], set(Organisation.objects.values_list("slug", flat=True)))
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The address of the organisation's own page, which the project composes; "" for a row without one yet."""
        return reverse("organisation", args=[self.slug]) if self.slug else ""

    def clean(self) -> None:
        super().clean()
        if self.kind in COVERED_KINDS and not self.code:
            raise ValidationError({"code": "En kommun eller region behöver sin kod (kommunkod eller länskod)."})
        wrong = [domain for domain in self.domains if not DOMAIN.fullmatch(domain)]
        if wrong:
            raise ValidationError({"email_domains": f"{wrong[0]} är ingen domän. Skriv till exempel nacka.se."})
        for domain in self.domains:
            owner = Organisation.objects.exclude(pk=self.pk).for_email(f"@{domain}")
            if owner and domain in owner.domains:
                raise ValidationError({"email_domains": f"{domain} används redan av {owner}."})
        self.email_domains = "\n".join(self.domains)

    def times_with_contact_person(self, on: date | None = None) -> list[tuple[date, date | None]]:
        """The times, until the day (today by default), in which there was somebody appointed: first day, and end.

        Two roles that follow each other without a day between are one time; None is one without an end yet.
        """
        roles = self.contact_persons.lasting().filter(start__lte=on or today())
        return list(joined(roles.order_by().values_list("start", "end")))

    @property
    def kind_label(self) -> str:
        return str(OrganisationKind(self.kind).label)

    @property
    def domains(self) -> list[str]:
        """The e-mail domains, lower case, each once."""
        lines = (line.strip().lower().lstrip("@") for line in self.email_domains.splitlines())
        return list(dict.fromkeys(line for line in lines if line))
