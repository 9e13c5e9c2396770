"""Ends sessions, and records log-ins. A session is tied to `Person.get_session_auth_hash`."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from outbox.addresses import comparable

from .clients import browser_name, client_address, network
from .models import ContactPerson, LogIn, Membership, Person, today
from .security_log import log_event


def record_log_in(*, person: Person, request: HttpRequest) -> LogIn:
    """Remember that the person logged in now, with the browser's short name and the network."""
    return LogIn.objects.create(
        person=person,
        browser=browser_name(request.headers.get("user-agent", "")),
        network=network(client_address(request)),
    )


@transaction.atomic
def end_sessions(*, person: Person, but: HttpRequest | None = None) -> None:
    """End the person's sessions on all devices, except that of the request `but`, if it is theirs."""
    person.sessions_ended_at = timezone.now()
    person.save(update_fields=["sessions_ended_at"])
    if but is not None and but.user == person:
        update_session_auth_hash(but, person)


def end_all_sessions() -> int:
    """End everybody's sessions on all devices; return how many persons there are."""
    return Person.objects.update(sessions_ended_at=timezone.now())


def has_a_way_in(person: Person) -> bool:
    """Whether the person may log in and has a role today: contact person, seat in a group or rights in the admin."""
    if not person.is_active:
        return False
    fresh = Person.objects.get(pk=person.pk)  # without the rights that the instance remembers
    roles = (model.objects.active().filter(person=person) for model in (ContactPerson, Membership))
    return fresh.is_staff or any(rows.exists() for rows in roles)


def end_sessions_if_shut_out(*, person: Person) -> bool:
    """End the person's sessions if they no longer have a way in; return whether it was so."""
    if has_a_way_in(person):
        return False
    end_sessions(person=person)
    return True


def end_sessions_after_change(*, person: Person, former_email: str) -> None:
    """End the sessions of a person whose details have been changed, if the address is another or they are shut out."""
    if comparable(former_email) != comparable(person.email):
        log_event("address_changed", None, person=person)
        end_sessions(person=person)
    else:
        end_sessions_if_shut_out(person=person)


def end_sessions_of_former_holders() -> int:
    """End the sessions of those whose last role has ended by its date since they logged in; return how many persons.

    Somebody who logs in afterwards, to an account without roles, is left alone.
    """
    longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    recently = {"end__lte": today(), "end__gte": today() - longest, "person__last_login__date__lt": F("end")}
    ended = [model.objects.filter(**recently).values("person") for model in (ContactPerson, Membership)]
    persons = Person.objects.filter(pk__in=ended[0]) | Person.objects.filter(pk__in=ended[1])
    return sum(end_sessions_if_shut_out(person=person) for person in persons)
