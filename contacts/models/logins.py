"""When and from where a person has logged in, as the own account page shows it."""

from typing import Self

from django.db import models
from django.utils import timezone

from .persons import Person

SHOWN = 10


class LogInQuerySet(models.QuerySet["LogIn"]):
    def latest_of(self, person: Person) -> Self:
        """The person's latest log-ins, the last one first."""
        return self.filter(person=person).order_by("-when", "-pk")[:SHOWN]


class LogIn(models.Model):
    """A person's log-in: when, with which browser and from which network, never the exact address."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="log_ins")
    when = models.DateTimeField(default=timezone.now, db_index=True)
    browser = models.CharField(max_length=60, blank=True)
    network = models.CharField(max_length=50, blank=True)

    objects = LogInQuerySet.as_manager()

    class Meta:
        verbose_name = "inloggning"
        verbose_name_plural = "inloggningar"
        default_permissions = ()
