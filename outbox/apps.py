from typing import Any

import structlog
from django.apps import AppConfig
from django.db import DatabaseError, transaction
from django.db.models.signals import post_migrate

log = structlog.get_logger("outbox")


class OutboxConfig(AppConfig):
    name = "outbox"
    verbose_name = "Utskick"

    def ready(self) -> None:
        post_migrate.connect(make_first_mark, sender=self)


def make_first_mark(**kwargs: Any) -> None:
    """Let a new installation send without an operator's release; see `restore_guard`."""
    from .restore_guard import begin_mark  # needs the models

    try:
        with transaction.atomic():
            begin_mark()
    except (DatabaseError, OSError) as error:
        # Migrated backwards, or where the worker does not run: the worker makes the mark itself.
        log.info("no mark made", reason=type(error).__name__)
