"""`manage.py purge`: removes content for good, and searches for texts that should be gone."""

import json
import sys
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models, transaction

from privacy.models import Purge
from privacy.purge.actions import finish_all, preview, purge, purge_deleted, purge_texts, purge_versions
from privacy.purge.descriptions import describe_removed
from privacy.purge.errors import PurgeRefused
from privacy.purge.kinds import KINDS, kind_named
from privacy.purge.log_entries import has_log_texts
from privacy.purge.text_search import find_text

NAMES = ", ".join(kind.name for kind in KINDS)


class Command(BaseCommand):
    help = (
        "Rensar bort något för gott: sidan, filen, anmälan eller mejlet med alla versioner, loggtexter, "
        "sökord och kopior. Loggen behåller att det hände, av vem och varför. Det går inte att ångra."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", metavar="SLAG", help=f"{NAMES}.")
        parser.add_argument("ids", nargs="*", type=int, metavar="ID")
        parser.add_argument("--model", metavar="APP.MODELL", help="Ett annat slag av rad, till exempel contacts.Group.")
        parser.add_argument("--id", dest="model_ids", action="append", default=[], metavar="ID", help="Radens id.")
        parser.add_argument(
            "--fields", metavar="FÄLT", help="Töm bara de här textfälten (med komma emellan) och låt raden stå kvar."
        )
        parser.add_argument("--reason", default="", metavar="SKÄL", help="Varför. Står kvar i loggen.")
        parser.add_argument("--by", metavar="E-POST", help="Vem som har bestämt det (måste ha rätt att rensa bort).")
        parser.add_argument("--with-children", action="store_true", help="Ta med undersidorna.")
        parser.add_argument("--versions", action="store_true", help="Behåll sidan, rensa det tidigare av den.")
        parser.add_argument(
            "--notify", action="store_true", help="Mejla dem som har mötet i kalendern att det inte blir av."
        )
        parser.add_argument("--dry-run", action="store_true", help="Visa vad som skulle försvinna, men rör ingenting.")
        parser.add_argument("--json", action="store_true", help="Skriv resultatet som JSON.")
        parser.add_argument(
            "--find",
            metavar="TEXT",
            help="Visa var en text finns (- läser standard in). Slutkod 1 om den finns.",
        )
        parser.add_argument("--sweep", action="store_true", help="Gör färdigt det som lämnades.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["find"]:
            return self.find(options["find"], as_json=options["json"])
        if options["sweep"]:
            return self.sweep()
        rows = self.rows(options)
        by = self.person(options["by"])
        results = []
        try:
            for row in rows:
                results.append(self.remove(row, by, options))
        except (PurgeRefused, ValidationError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        except PermissionDenied as error:
            raise CommandError(f"{options['by']} har inte rätt att rensa bort.") from error
        if options["json"]:
            self.stdout.write(json.dumps({"purged": not options["dry_run"], "rows": results}, ensure_ascii=False))
        return None

    def rows(self, options: dict[str, Any]) -> list[models.Model]:
        """The rows asked for, all of them or none. Raises CommandError."""
        if options["model"]:
            try:
                model = apps.get_model(options["model"])
            except (LookupError, ValueError) as error:
                raise CommandError(f"Det finns inget slag av rad som heter {options['model']}.") from error
            ids = [*options["model_ids"], *([options["kind"]] if options["kind"] else []), *options["ids"]]
        else:
            kind = kind_named(options["kind"] or "")
            if kind is None:
                raise CommandError(f"Säg vad som ska bort: {NAMES}. Eller --model, --find eller --sweep.")
            model, ids = kind.model, [*options["ids"], *options["model_ids"]]
        if not ids:
            raise CommandError("Säg vilket id det gäller.")
        return [self.row(model, pk) for pk in ids]

    def row(self, model: type[models.Model], pk: Any) -> models.Model:
        try:
            row: Any = model._base_manager.get(pk=pk)
        except (model.DoesNotExist, ValueError, ValidationError) as error:  # type: ignore[attr-defined]
            if str(pk).isdigit() and has_log_texts(model, pk):
                return model(pk=pk)  # deleted in the ordinary way; the log still has texts about it
            raise CommandError(f"Det finns ingen rad {pk} av slaget {model._meta.label}.") from error
        return getattr(row, "specific", row)

    def person(self, email: str | None) -> Any:
        if not email:
            return None
        person = get_user_model()._default_manager.filter(email__iexact=email).first()
        if person is None:
            raise CommandError(f"Det finns ingen användare med adressen {email}.")
        return person

    def remove(self, row: models.Model, by: Any, options: dict[str, Any]) -> dict[str, Any]:
        place = {"kind": row._meta.label, "id": str(row.pk)}
        removed = self.would_remove(row, options) if options["dry_run"] else self.purge(row, by, options).removed
        if not options["json"]:
            verb = "Skulle försvinna" if options["dry_run"] else "Bortrensat"
            self.stdout.write(f"{verb}: {row._meta.label} {place['id']} ({describe_removed(removed)}).")
        return {**place, "removed": removed}

    def would_remove(self, row: models.Model, options: dict[str, Any]) -> dict[str, int]:
        if not (options["versions"] or options["fields"] or row._state.adding):
            return preview(row, with_children=options["with_children"]).as_json()
        with transaction.atomic():
            removed: dict[str, int] = self.purge(row, None, {**options, "reason": "torrkörning"}).removed
            transaction.set_rollback(True)
        return removed

    def purge(self, row: models.Model, by: Any, options: dict[str, Any]) -> Purge:
        if row._state.adding:
            return purge_deleted(type(row), row.pk, by=by, reason=options["reason"])
        if options["versions"]:
            return purge_versions(row, by=by, reason=options["reason"])
        if options["fields"]:
            return purge_texts(row, options["fields"].split(","), by=by, reason=options["reason"])
        return purge(
            row,
            by=by,
            reason=options["reason"],
            with_children=options["with_children"],
            notify=options["notify"],
        )

    def find(self, text: str, *, as_json: bool) -> None:
        text = sys.stdin.read().strip() if text == "-" else text
        try:
            hits = list(find_text(text))
        except ValueError as error:
            raise CommandError(str(error)) from error
        if as_json:
            self.stdout.write(json.dumps([vars(hit) for hit in hits], ensure_ascii=False))
        else:
            for hit in hits:
                self.stdout.write(f"{hit.place} {hit.id}: {hit.field} {hit.excerpt}".rstrip())
            self.stdout.write(f"{len(hits)} ställen." if hits else "Texten finns inte kvar.")
        if hits:
            sys.exit(1)

    def sweep(self) -> None:
        if left := finish_all():
            raise CommandError(f"{left} bortrensningar är inte helt klara. Försök igen om en stund.")
        self.stdout.write("Allt som rensats bort är helt borta.")
