"""Says, in Swedish, why a confirmed nomination waits for an editor instead of following by itself."""

from outbox.addresses import belongs_to, domain_of

from ..enums import NominationKind
from ..models import ContactPerson, Nomination, Organisation, Person


def reasons_to_wait(nomination: Nomination) -> list[str]:
    """What an editor should look at before the person is appointed; nothing when all is as it should be."""
    organisation = nomination.organisation
    person = Person.objects.filter(email__iexact=nomination.email).first()
    reasons = [_of_address(nomination, person), _of_person(person)]
    if nomination.kind == NominationKind.REFERRAL:
        reasons.append(_of_referral(nomination))
    elif nomination.is_handover:
        in_office = ContactPerson.objects.active().filter(pk=nomination.predecessor_id)
        if not in_office.exists():
            reasons.append("Den som ville lämna över har inte uppdraget längre.")
    else:
        reasons.append(_of_those_in_office(organisation))
    return [reason for reason in reasons if reason]


def _of_those_in_office(organisation: Organisation) -> str:
    active = ContactPerson.objects.active().without_deputies().filter(organisation=organisation)
    names = ", ".join(str(role.person) for role in active.select_related("person"))
    return f"Organisationen har redan kontaktperson: {names}." if names else ""


def _of_referral(nomination: Nomination) -> str:
    """Whether things have changed since somebody named the person: then it is no longer sure who is meant."""
    former = ContactPerson.objects.active().select_related("person").filter(pk=nomination.predecessor_id).first()
    if former is None:
        return _of_those_in_office(nomination.organisation)
    proved_at = former.person.proved_at
    if proved_at is not None and proved_at > nomination.created_at:
        return f"{former.person} har hörts av sedan dess, och är fortfarande kontaktperson."
    return ""


def _of_address(nomination: Nomination, person: Person | None) -> str:
    organisation, domain = nomination.organisation, domain_of(nomination.email)
    if belongs_to(nomination.email, organisation.domains):
        return ""
    if person is not None and person.organisation_id == organisation.pk:
        return ""
    owner = Organisation.objects.for_email(nomination.email)
    if owner is not None and owner != organisation:
        return f"Adressen slutar på {domain}, som hör till {owner}."
    if not organisation.domains:
        return f"Adressen slutar på {domain}, och vi vet inte hur organisationens adresser slutar."
    return f"Adressen slutar på {domain}. Organisationens slutar på {' eller '.join(organisation.domains)}."


def _of_person(person: Person | None) -> str:
    if person is None or person.is_active:
        return ""
    return "Personen finns i registret och får inte logga in."
