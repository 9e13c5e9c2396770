"""Who takes part: persons, organisations and their relations over time."""

from .inquiries import Inquiry, InquiryQuerySet
from .logins import LogIn, LogInQuerySet
from .nominations import Nomination, NominationQuerySet
from .organisations import Coverage, Organisation, OrganisationQuerySet
from .pending_imports import PendingImport
from .periods import Period, PeriodQuerySet, holds, today
from .persons import Person, PersonManager
from .roles import ContactPerson, ContactPersonQuerySet, Group, Membership

__all__ = [
    "ContactPerson",
    "ContactPersonQuerySet",
    "Coverage",
    "Group",
    "Inquiry",
    "InquiryQuerySet",
    "LogIn",
    "LogInQuerySet",
    "Membership",
    "Nomination",
    "NominationQuerySet",
    "Organisation",
    "OrganisationQuerySet",
    "PendingImport",
    "Period",
    "PeriodQuerySet",
    "Person",
    "PersonManager",
    "holds",
    "today",
]
