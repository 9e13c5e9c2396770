"""The user model: somebody with a role in the forum."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gate.models import Screened
from outbox.addresses import comparable

from ..enums import ProofKind

NAME_LENGTH = TITLE_LENGTH = 150
PHONE_LENGTH = 40
# The domain of the addresses of erased persons and anonymous registrations, whose rows stay for what refers to them and
# is counted. It can never exist (RFC 2606).
ERASED_DOMAIN = "raderad.invalid"


def erased_address(pk: int) -> str:
    """What stands in the place of an address that has been erased; a row's own, since addresses are unique."""
    return f"raderad-{pk}@{ERASED_DOMAIN}"


def is_erased_address(address: str) -> bool:
    return address.endswith(f"@{ERASED_DOMAIN}")


class PersonQuerySet(models.QuerySet["Person"]):
    def with_admin_access(self) -> Self:
        """Those who may enter the admin: administrators and members of groups with that permission."""
        may = models.Q(codename="access_admin", content_type__app_label="wagtailadmin")
        permissions = Permission.objects.filter(may)
        insiders = Person.objects.filter(
            models.Q(is_superuser=True)
            | models.Q(groups__permissions__in=permissions)
            | models.Q(user_permissions__in=permissions)
        )
        return self.filter(pk__in=insiders.values("pk"))

    def not_erased(self) -> Self:
        return self.exclude(email__endswith=f"@{ERASED_DOMAIN}")

    def without_duties(self) -> Self:
        """Those who may not enter the admin, have no permissions and hold no role or seat today or later."""
        return (
            self.exclude(pk__in=Person.objects.with_admin_access().values("pk"))
            .filter(groups=None, user_permissions=None)
            .exclude(pk__in=Person.objects.with_role_after(timezone.localdate()).values("pk"))
        )

    def with_role_after(self, day: date) -> Self:
        """Those with a role or seat that had not ended on the day. Roles that were taken back never held."""
        return self.filter(
            models.Exists(_lasting("contact_roles").exclude(end__lte=day))
            | models.Exists(_lasting("memberships").exclude(end__lte=day))
        )

    def with_any_role(self) -> Self:
        """Those who hold or have held a role or a seat."""
        return self.filter(models.Exists(_lasting("contact_roles")) | models.Exists(_lasting("memberships")))

    def not_seen_since(self, moment: datetime) -> Self:
        """Those who were added, and last logged in, at the moment or earlier."""
        return self.filter(date_joined__lte=moment).exclude(last_login__gt=moment)


def _lasting(relation: str) -> Any:
    """The roles or seats of the person in the outer query, without those that were taken back."""
    rows: Any = Person._meta.get_field(relation).related_model
    return rows.objects.lasting().filter(person=models.OuterRef("pk"))


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "Person":
        """Create a person; without a password only the e-mailed code lets them in."""
        person = self.model(email=comparable(email), name=name, **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email: str, name: str = "", password: str | None = None, **fields: Any) -> "Person":
        return self.create_user(email, name, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


# The managers of other rooms' relations to this model are made at run time, where the type checker can't see.
class Person(Screened, AbstractBaseUser, PermissionsMixin):
    """Somebody with a role in the forum: contact person, group member or editor. Logs in by e-mail."""

    not_typed = frozenset({"password"})

    email = models.EmailField("e-post", unique=True)
    name = models.CharField("namn", max_length=NAME_LENGTH)
    title = models.CharField("titel", max_length=TITLE_LENGTH, blank=True)
    phone = models.CharField("telefon", max_length=PHONE_LENGTH, blank=True)
    organisation = models.ForeignKey(
        "contacts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="persons",
        verbose_name="organisation",
    )
    is_active = models.BooleanField("får logga in", default=True)
    # When all sessions were last ended (`session_actions.end_sessions`); NULL if they never were.
    sessions_ended_at = models.DateTimeField("sessionerna avslutades", null=True, editable=False)
    # When the person last did something that proves that we reach them, and what; NULL if never.
    proved_at = models.DateTimeField("senaste bevis", null=True, blank=True, editable=False)
    proved_by = models.CharField(
        max_length=12, choices=ProofKind, blank=True, default="", db_default="", editable=False
    )
    date_joined = models.DateTimeField("tillagd", default=timezone.now)

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = PersonManager()

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_person_an_email"),
            models.CheckConstraint(
                condition=models.Q(proved_at=None, proved_by="")
                | (~models.Q(proved_at=None) & ~models.Q(proved_by="")),
                name="a_proof_says_what_was_done",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = comparable(self.email)

    @property
    def is_erased(self) -> bool:
        """Whether the details are gone, and the row only stays for what refers to it."""
        return is_erased_address(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def is_staff(self) -> bool:
        """Whether the person may enter the admin; such a log-in needs a second factor."""
        return self.has_perm("wagtailadmin.access_admin")

    def get_session_auth_hash(self) -> str:
        """What a session is tied to: the password, the address, and when all were last ended.

        When one of them changes, the sessions that began before no longer hold.
        """
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (self._session_hash(key) for key in settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | bytes) -> str:
        tied_to = json.dumps([self.password, comparable(self.email), str(self.sessions_ended_at)])
        return salted_hmac("contacts.Person.session", tied_to, secret=secret, algorithm="sha256").hexdigest()
