"""Kinds of organisations and groups, and the kinds of mail that the register sends."""

from django.db import models

# Log-in codes and what else concerns an account, as the outbox sorts mail.
ACCOUNT_MAIL = "account"
# Tells somebody that they have been named deputy.
DEPUTY_MAIL = "contact_deputy"


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", "Kommun"
    REGION = "region", "Region"
    AUTHORITY = "authority", "Myndighet"
    OTHER = "other", "Annan aktör"


# Those whose contact persons the forum invites and counts.
COVERED_KINDS = (OrganisationKind.MUNICIPALITY, OrganisationKind.REGION)


class GroupKind(models.TextChoices):
    COLLABORATION = "collaboration", "Samverkansgrupp"
    REFERENCE = "reference", "Referensgrupp"
    THEME = "theme", "Temagrupp"


class AccessKind(models.TextChoices):
    READ = "read", "Läste"
    EXPORT = "export", "Exporterade"
    IMPORT = "import", "Läste in"
