"""`manage.py retention [--apply] [--json]`: what is due by the rules of retention, and its removal."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from privacy.retention.actions import apply_retention, decided_rules
from privacy.retention.descriptions import describe


class Command(BaseCommand):
    # The checks load every page of the admin: seconds and memory that this command has no use for.
    requires_system_checks = ()
    help = "Visar vad som ska gallras enligt reglerna. Med --apply tas det bort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--apply", action="store_true", help="Ta bort det vars tid är ute.")
        parser.add_argument("--json", action="store_true", help="Skriv ett JSON-dokument.")

    def handle(self, *args: Any, **options: Any) -> None:
        rules = decided_rules()
        due = {each.rule.kind: each.due().count() for each in rules}
        removed = sum(apply_retention().values()) if options["apply"] else 0
        if options["json"]:
            document = {
                "rules": [
                    {
                        "kind": each.rule.kind.value,
                        "keep": each.decided.days,  # days
                        "decision": each.decided.decision,
                        "due": due[each.rule.kind],
                    }
                    for each in rules
                ],
                "removed": removed,
            }
            self.stdout.write(json.dumps(document, ensure_ascii=False))
            return
        for each in rules:
            words = describe(each)
            self.stdout.write(f"{words.label}: {words.time}. {due[each.rule.kind]} att ta bort. ({words.decision})")
        if options["apply"]:
            self.stdout.write(f"Borttaget: {removed}.")
        else:
            self.stdout.write("Ingenting är borttaget. Kör om med --apply för att ta bort.")
