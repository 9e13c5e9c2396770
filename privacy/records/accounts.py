"""The own account: sessions, the second factor, and what Wagtail keeps for a user of the admin."""

import json
from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.contrib.sessions.models import Session
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, PageSubscription
from wagtail.users.models import UserProfile

from contacts.models import LogIn

from ..enums import RetentionKind
from ..purge.removal import Removal
from ..sessions import end_sessions_of, sessions_of
from ..subjects import Subject
from .record import Record, Row, when

WITH_THE_PERSON = "Tas bort."


def _ids(subject: Subject) -> list[int]:
    return [subject.person.pk] if subject.person else []


def _end_sessions(subject: Subject, removal: Removal) -> None:
    removal.counts[Session._meta.label] += end_sessions_of(_ids(subject), [subject.email])


SESSIONS = Record(
    kind="sessions",
    label="Inloggningar som gäller nu",
    models=(Session,),
    purpose="För att du ska vara inloggad tills du loggar ut.",
    rows=lambda subject: sessions_of(_ids(subject), [subject.email]),
    show=lambda session: {"Gäller till": when(session.expire_date)},
    rules=(RetentionKind.SESSIONS,),
    erasure="Personen loggas ut överallt.",
    erase=_end_sessions,
)


LOG_INS = Record(
    kind="log_ins",
    label="När och varifrån personen har loggat in",
    models=(LogIn,),
    purpose="För att du ska kunna se om någon annan har loggat in som du.",
    rows=lambda subject: LogIn.objects.filter(person=subject.person_id).order_by("when", "pk"),
    show=lambda row: {"När": when(row.when), "Webbläsare": row.browser, "Nätverk": row.network},
    rules=(RetentionKind.LOG_INS,),
    erasure=WITH_THE_PERSON,
)


def _last_login(subject: Subject) -> Iterable[Any]:
    return [subject.person] if subject.person and subject.person.last_login else []


LAST_LOGIN = Record(
    kind="last_login",
    label="Senaste inloggning",
    models=(),
    purpose="För att kunna ta bort konton som ingen använder.",
    rows=_last_login,
    show=lambda person: {"När": when(person.last_login)},
    kept="Så länge personen finns i registret.",
    erasure=WITH_THE_PERSON,
)


def _show_factor(factor: Authenticator) -> Row:
    # That it exists, never what it is: the row's data holds the secret.
    names = {Authenticator.Type.TOTP: "Kod från en app", Authenticator.Type.RECOVERY_CODES: "Återställningskoder"}
    return {
        "Sätt": names.get(Authenticator.Type(factor.type), "Annat"),
        "Tillagt": when(factor.created_at),
        "Senast använt": when(factor.last_used_at),
    }


SECOND_FACTOR = Record(
    kind="second_factor",
    label="Tvåstegsinloggning",
    models=(Authenticator,),
    purpose="För att ingen annan ska kunna logga in i redaktionens verktyg.",
    rows=lambda subject: Authenticator.objects.filter(user=subject.person_id).defer("data").order_by("pk"),
    show=_show_factor,
    kept="Så länge personen finns i registret.",
    erasure=WITH_THE_PERSON,
)


def _show_identity(account: SocialAccount) -> Row:
    return {
        "Tjänst": account.provider,
        "Identitet där": account.uid,
        "Uppgifter därifrån": json.dumps(account.extra_data, ensure_ascii=False),
        "Tillagd": when(account.date_joined),
        "Senast använd": when(account.last_login),
    }


IDENTITIES = Record(
    kind="identities",
    label="Inloggning genom myndighetens egen tjänst",
    models=(SocialAccount, SocialToken),
    purpose="För att redaktörer ska kunna logga in som i myndighetens övriga system.",
    rows=lambda subject: SocialAccount.objects.filter(user=subject.person_id).order_by("pk"),
    show=_show_identity,
    kept="Så länge personen finns i registret.",
    erasure=WITH_THE_PERSON,
)

ADDRESSES = Record(
    kind="addresses",
    label="Adresser för inloggning",
    models=(EmailAddress, EmailConfirmation),
    purpose="För att inloggningen ska veta vem adressen tillhör.",
    rows=lambda subject: EmailAddress.objects.filter(user=subject.person_id).order_by("pk"),
    show=lambda row: {"E-post": row.email},
    kept="Så länge personen finns i registret.",
    erasure=WITH_THE_PERSON,
)


def _settings(subject: Subject) -> Iterable[Any]:
    """What Wagtail keeps for a user: how the admin looks, which pages are followed, and what is open right now."""
    for model in (UserProfile, PageSubscription, EditingSession, FormState, APIToken):
        yield from model._default_manager.filter(user=subject.person_id).order_by("pk")


SETTINGS = Record(
    kind="settings",
    label="Inställningar i redaktionens verktyg",
    models=(UserProfile, PageSubscription, EditingSession, FormState, APIToken),
    purpose="För att verktyget ska se ut som redaktören har valt, och visa vem mer som har en sida öppen.",
    rows=_settings,
    show=lambda row: {"Vad": str(row._meta.verbose_name).capitalize()},
    kept="Så länge personen finns i registret.",
    erasure=WITH_THE_PERSON,
)

RECORDS = (SESSIONS, LOG_INS, LAST_LOGIN, SECOND_FACTOR, IDENTITIES, ADDRESSES, SETTINGS)
