"""Kinds of organisations and groups, and the kinds of mail that the register sends."""

from django.db import models


class MailCategory(models.TextChoices):
    """What kind of mail it is, as the outbox shows it."""

    ACCOUNT = "account", "Inloggning och konto"
    DEPUTY = "contact_deputy", "Utsedd till ersättare"
    DEPUTY_ENDED = "contact_deputy_ended", "Inte längre ersättare"
    WELCOME = "contact_welcome", "Välkommen som kontaktperson"
    NOMINATION = "contact_nomination", "Bekräfta att du ska vara kontaktperson"
    NOMINATION_DECLINED = "contact_nomination_declined", "Anmälan som kontaktperson togs inte emot"
    INQUIRY = "contact_inquiry", "Stämmer det att du är kontaktperson?"
    SUCCEEDED = "contact_succeeded", "Någon har tagit över som kontaktperson"


class NominationKind(models.TextChoices):
    APPLICATION = "application", "Anmälan"
    HANDOVER = "handover", "Överlämning"
    REFERRAL = "referral", "Hänvisning från en kollega eller registratorn"


class ProofKind(models.TextChoices):
    """An act that proves that we reach somebody."""

    LOG_IN = "log_in", "Loggade in"
    CONFIRMED = "confirmed", "Bekräftade"
    FORWARDED = "forwarded", "Vidarebefordrade"
    ANSWERED = "answered", "Svarade på en inbjudan"
    REGISTERED = "registered", "Svarade på sin egen anmälan"


class Reachability(models.TextChoices):
    REACHABLE = "reachable", "Nåbar"
    SILENT = "silent", "Tyst"
    BOUNCING = "bouncing", "Studsar"
    NONE = "none", "Ingen"


class InquiryKind(models.TextChoices):
    PERSON = "person", "Personen själv"
    COLLEAGUE = "colleague", "Ersättare eller annan kontaktperson"
    MAILBOX = "mailbox", "Funktionsbrevlådan"


class InquiryAnswer(models.TextChoices):
    YES = "yes", "Ja, det stämmer"
    LEFT = "left", "Har slutat"
    TAKES_OVER = "takes_over", "Jag tar över"
    OTHER = "other", "Någon annan är kontaktperson"
    DECLINED = "declined", "Vi deltar inte"
    SILENCE = "silence", "Inget svar"
    MOOT = "moot", "Frågan behövs inte längre"


class NominationOutcome(models.TextChoices):
    APPOINTED = "appointed", "Utsedd"
    DECLINED = "declined", "Avböjd"
    WITHDRAWN = "withdrawn", "Återtagen"
    ALREADY = "already", "Var redan kontaktperson"


class OrganisationKind(models.TextChoices):
    MUNICIPALITY = "municipality", "Kommun"
    REGION = "region", "Region"
    AUTHORITY = "authority", "Myndighet"
    FEDERATION = "federation", "Kommunalförbund"
    REGIONAL_SUPPORT = "regional_support", "Regionalt samverkansstöd (RSS)"
    COUNTY_BOARD = "county_board", "Länsstyrelse"
    USER_ASSOCIATION = "user_association", "Patient- och brukarorganisation"
    TRADE_ASSOCIATION = "trade_association", "Branschorganisation"
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
