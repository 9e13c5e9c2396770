"""Who takes part: persons, organisations and what they are to each other over time."""

from datetime import date
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from .enums import COVERED_KINDS, AccessKind, GroupKind, OrganisationKind


def today() -> date:
    """The day it is in Sweden."""
    return timezone.localdate()


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def covered(self) -> Self:
        """The kommuner and regioner: those whose contact persons are counted."""
        return self.filter(kind__in=COVERED_KINDS)

    def in_county(self, code: str) -> Self:
        return self.filter(county_code=code)

    def with_contact_person(self, on: date | None = None) -> Self:
        """Those that have at least one contact person on the day (today unless told)."""
        active = ContactPerson.objects.active(on=on).filter(organisation=models.OuterRef("pk"))
        return self.filter(models.Exists(active))

    def without_contact_person(self, on: date | None = None) -> Self:
        active = ContactPerson.objects.active(on=on).filter(organisation=models.OuterRef("pk"))
        return self.filter(~models.Exists(active))

    def in_collaboration_group(self, on: date | None = None) -> Self:
        """Organisations with a seat in the collaboration group on the day."""
        seats = Membership.objects.active(on=on).filter(
            group__kind=GroupKind.COLLABORATION, organisation=models.OuterRef("pk")
        )
        return self.filter(models.Exists(seats))


class Organisation(models.Model):
    """A kommun, region, authority or other actor around the forum."""

    kind = models.CharField("slag", max_length=20, choices=OrganisationKind)
    # SCB's kommunkod (four digits) or länskod (two digits); "" for others.
    code = models.CharField("kod", max_length=4, blank=True)
    name = models.CharField("namn", max_length=200, unique=True)
    short_name = models.CharField("kort namn", max_length=100)
    county_code = models.CharField("länskod", max_length=2, blank=True)
    county = models.CharField("län", max_length=60, blank=True)
    # One domain a line, without @. Used to tell where somebody who registers without a link works.
    email_domains = models.TextField("e-postdomäner", blank=True, help_text="En domän per rad, till exempel nacka.se.")
    website = models.URLField("webbplats", blank=True)
    description = models.TextField("beskrivning", blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = ["kind", "short_name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], condition=~models.Q(code=""), name="one_organisation_a_code"),
            models.CheckConstraint(
                condition=~models.Q(kind__in=[k.value for k in COVERED_KINDS]) | ~models.Q(code=""),
                name="municipalities_and_regions_have_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def domains(self) -> list[str]:
        """The e-mail domains, lower case."""
        return [line.strip().lower().lstrip("@") for line in self.email_domains.splitlines() if line.strip()]


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "Person":
        """Create a person; without a password only the e-mailed code lets them in."""
        person = self.model(email=email.strip().lower(), name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, name, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, PermissionsMixin):
    """Somebody with a role in the forum: contact person, group member or editor. Logs in by e-mail."""

    email = models.EmailField("e-post", unique=True)
    name = models.CharField("namn", max_length=150)
    title = models.CharField("titel", max_length=150, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="persons", verbose_name="organisation"
    )
    is_active = models.BooleanField("får logga in", default=True)
    date_joined = models.DateTimeField("tillagd", default=timezone.now)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ["name", "email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_an_email")]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the admin; such a log-in needs a second factor."""
        return self.has_perm("wagtailadmin.access_admin")


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows that hold during a period: from `start` (inclusive) to `end` (exclusive; NULL is still)."""

    def active(self, on: date | None = None) -> Self:
        """Those that hold on the day, today unless told."""
        on = on or today()
        return self.filter(models.Q(end__isnull=True) | models.Q(end__gt=on), start__lte=on)

    def overlapping(self, start: date, end: date | None) -> Self:
        """Those that share at least one day with the period."""
        rows = self.filter(models.Q(end__isnull=True) | models.Q(end__gt=start))
        return rows if end is None else rows.filter(start__lt=end)


class Period(models.Model):
    start = models.DateField("från och med", default=today)
    end = models.DateField(
        "till", null=True, blank=True, help_text="Första dagen uppdraget inte längre gäller. Lämna tomt om det pågår."
    )

    class Meta:
        abstract = True


class ContactPersonQuerySet(PeriodQuerySet):
    def in_county(self, code: str) -> Self:
        return self.filter(organisation__county_code=code)

    def reachable(self) -> Self:
        """Those whom a mail may be sent to."""
        return self.filter(person__is_active=True).exclude(person__email="")


class ContactPerson(Period):
    """A person whom an organisation has appointed, during a period."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="contact_roles", verbose_name="person")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="contact_persons", verbose_name="organisation"
    )
    deputy = models.BooleanField("ersättare", default=False)

    objects = ContactPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "kontaktperson"
        verbose_name_plural = "kontaktpersoner"
        ordering = ["organisation__kind", "organisation__short_name", "deputy", "person__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")),
                name="contact_person_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=models.Q(end__isnull=True),
                name="one_open_contact_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.organisation.short_name})"


class Group(models.Model):
    """A group around the forum: collaboration, reference or theme group."""

    kind = models.CharField("slag", max_length=20, choices=GroupKind)
    name = models.CharField("namn", max_length=150, unique=True)
    description = models.TextField("beskrivning", blank=True)

    class Meta:
        verbose_name = "grupp"
        verbose_name_plural = "grupper"
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class Membership(Period):
    """An organisation's seat in a group during a period; the person who fills it may be unknown."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships", verbose_name="grupp")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="organisation"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name="person"
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = "medlemskap"
        verbose_name_plural = "medlemskap"
        ordering = ["group", "organisation__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__isnull=True) | models.Q(end__gt=models.F("start")),
                name="membership_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["group", "organisation", "person"],
                condition=models.Q(end__isnull=True, person__isnull=False),
                name="one_open_membership",
            ),
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=models.Q(end__isnull=True, person__isnull=True),
                name="one_open_seat_without_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} i {self.group}"


class RegisterAccess(models.Model):
    """A note that somebody read or exported the contact register (personal data)."""

    who = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", verbose_name="vem")
    when = models.DateTimeField("när", default=timezone.now)
    kind = models.CharField("vad", max_length=10, choices=AccessKind)
    what = models.CharField("vilka uppgifter", max_length=200)
    rows = models.PositiveIntegerField("antal rader", default=0)

    class Meta:
        verbose_name = "läsning av registret"
        verbose_name_plural = "läsningar av registret"
        ordering = ["-when"]

    def __str__(self) -> str:
        return f"{self.when:%Y-%m-%d %H:%M} {self.who}: {self.what}"
