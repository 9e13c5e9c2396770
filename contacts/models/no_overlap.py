"""A constraint of the database: periods of the same thing don't share a day."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.backends.ddl_references import Statement, Table

from .periods import Period

EXCLUSION = 'EXCLUDE USING gist ({keys}, daterange("start", "end", \'[)\') WITH &&)'
# Without `end` there is no end. An empty period shares no day with any.
OVERLAPS = """
CREATE TRIGGER "{name}_{event}" BEFORE {event} ON %(table)s BEGIN
  SELECT RAISE(ABORT, '{name}') WHERE EXISTS (
    SELECT 1 FROM %(table)s AS other
    WHERE {keys} AND other.id IS NOT NEW.id
      AND MAX(other."start", NEW."start") < MIN(COALESCE(other."end", '9999-12-31'), COALESCE(NEW."end", '9999-12-31'))
  );
END
"""


class NoOverlap(models.constraints.BaseConstraint):
    """Refuses a row of a `Period` that shares a day with another one with the same keys.

    An exclusion constraint on PostgreSQL (of ranges, also for the keys, so that no extension is needed), two triggers
    on SQLite. SQLite drops a table's triggers when Django makes the table anew; they are made again with it.
    """

    default_violation_error_message = "Tiden överlappar en annan."

    def __init__(self, *, keys: Sequence[str], name: str, **kwargs: Any) -> None:
        self.keys = tuple(keys)
        super().__init__(name=name, **kwargs)

    def constraint_sql(self, model: Any, schema_editor: Any) -> Any:
        """The constraint within CREATE TABLE; on SQLite the triggers, for when the table has its name."""
        if schema_editor.connection.vendor == "postgresql":
            return f"CONSTRAINT {schema_editor.quote_name(self.name)} {self._exclusion(model)}"
        schema_editor.deferred_sql.extend(self._triggers(model, schema_editor))
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> Any:
        """The constraint for a table that is there. SQLite makes the table anew instead."""
        return Statement(
            f"ALTER TABLE %(table)s ADD CONSTRAINT {schema_editor.quote_name(self.name)} {self._exclusion(model)}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def remove_sql(self, model: Any, schema_editor: Any) -> Any:
        return Statement(
            f"ALTER TABLE %(table)s DROP CONSTRAINT {schema_editor.quote_name(self.name)}",
            table=Table(model._meta.db_table, schema_editor.quote_name),
        )

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Raise ValidationError if the row overlaps another. A form without all its fields leaves it to the action."""
        if exclude and {*self.keys, "start", "end"} & set(exclude):
            return
        if not isinstance(instance, Period) or instance.end == instance.start:
            return
        same = model._default_manager.using(using).filter(**{key: getattr(instance, key) for key in self.keys})
        if same.exclude(pk=instance.pk).overlapping(instance.start, instance.end).exists():
            raise ValidationError(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self) -> Any:
        path, args, kwargs = super().deconstruct()
        return path, args, {**kwargs, "keys": self.keys}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, NoOverlap) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)

    def _columns(self, model: Any) -> list[str]:
        return [str(model._meta.get_field(key).column) for key in self.keys]

    def _exclusion(self, model: Any) -> str:
        keys = ", ".join(f'int8range("{each}", "{each}", \'[]\') WITH =' for each in self._columns(model))
        return EXCLUSION.format(keys=keys)

    def _triggers(self, model: Any, schema_editor: Any) -> list[Statement]:
        keys = " AND ".join(f'other."{each}" = NEW."{each}"' for each in self._columns(model))
        table = model._meta.db_table
        return [
            Statement(
                OVERLAPS.format(name=self.name, event=event, keys=keys), table=Table(table, schema_editor.quote_name)
            )
            for event in ("INSERT", "UPDATE")
        ]
