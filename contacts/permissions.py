"""Who may see and change the contact register. `None` as user means the system itself (a command)."""

from django.contrib.auth.models import AnonymousUser

from .models import ContactPerson, Organisation, Person

User = Person | AnonymousUser

# What the group "Redaktörer" may do here, as codenames of this app. They can't delete roles (a role
# ends, it is not removed). They have no permission on `person`: to Wagtail that is the right to let
# people into the admin and give them roles. Details of persons come with those of contact persons.
EDITOR_PERMISSIONS = (
    "add_organisation",
    "change_organisation",
    "view_organisation",
    "add_contactperson",
    "change_contactperson",
    "view_contactperson",
    "add_group",
    "change_group",
    "view_group",
    "add_membership",
    "change_membership",
    "view_membership",
)


def user_can_see_register(user: User) -> bool:
    """Whether the user may read contact persons, with the personal data."""
    return user.has_perm("contacts.view_contactperson") or user.has_perm("contacts.change_contactperson")


def user_can_change_register(user: User) -> bool:
    """Whether the user may appoint contact persons, end their roles and import."""
    return user.has_perm("contacts.add_contactperson") and user.has_perm("contacts.change_contactperson")


def user_can_manage_accounts(user: User) -> bool:
    """Whether the user may decide who gets into the admin, and with which roles."""
    return user.has_perm("contacts.change_person")


def user_can_change_person(user: User, person: Person) -> bool:
    """Whether the user may change the person's details.

    The e-mail is used to log in, so the details of somebody who may enter the admin are changed
    by those who manage accounts only; otherwise an editor could take over an administrator's account.
    """
    if person.is_superuser and not user.is_superuser:
        return False
    if person.is_staff:
        return user_can_manage_accounts(user)
    return user_can_change_register(user)


def person_can_appoint_deputy(person: Person, organisation: Organisation) -> bool:
    """Whether the person is a contact person (no deputy) of the organisation today."""
    return ContactPerson.objects.active().without_deputies().of(person.pk, organisation.pk).exists()


def address_can_be_deputy(email: str, organisation: Organisation) -> bool:
    """Whether a contact person may appoint the owner of the address as deputy in the organisation.

    A person in the register must be active and belong there; a new address must be in the organisation's
    domains, if they are known.
    """
    person = Person.objects.filter(email__iexact=email).first()
    if person is not None:
        has_role = ContactPerson.objects.active().filter(person=person, organisation=organisation).exists()
        return person.is_active and (person.organisation_id == organisation.pk or has_role)
    owner = Organisation.objects.for_email(email)
    return owner == organisation or (owner is None and not organisation.domains)
