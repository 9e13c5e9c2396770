"""States of files, kinds of mail, and what the guard does with a model."""

from enum import Enum

from django.db import models


class GuardPolicy(Enum):
    """What the guard checks before a row of a model is saved; see `gate.guard.policy_of`."""

    PUBLIC_PAGE = "public page"  # pages and their parts: only what visitors would see
    ALWAYS = "always"  # rows whose texts others read
    FILE = "file"  # documents and images: texts, name and content


class ScreeningState(models.TextChoices):
    WAITING = "waiting", "väntar på granskning"
    RUNNING = "running", "granskas"
    DONE = "done", "granskad"


class FileState(models.TextChoices):
    """The states by which the lists of documents and images are filtered; the values are part of addresses."""

    NEEDS_APPROVAL = "ord", "Väntar på ditt ord"
    BLOCKED = "stopp", "Får inte publiceras"
    NOT_SCREENED = "granskas", "Granskas eller väntar på granskning"
    APPROVED = "godkand", "Godkänd"


class MailCategory(models.TextChoices):
    """The kinds of mail from this room, with the labels that the outbox shows."""

    FILE = "gate_file", "Besked om en fil"
    SCHEDULE = "gate_schedule", "Besked till redaktör"
