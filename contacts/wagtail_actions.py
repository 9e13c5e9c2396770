"""Wagtail's actions to create, change and delete, with log entries that hold no names.

Wagtail labels a log entry with the object's name. For a person that would keep the name in the log
after the person is erased, so here the entry says `person 17`.
"""

from typing import Any

from wagtail.actions import ActionRegistry, CreateAction, DeleteAction, EditAction

from .log_entries import note
from .models import ContactPerson, Person


class CreateWithoutName(CreateAction):
    log_action: Any

    def _create(self, *args: Any, **kwargs: Any) -> Any:
        action, self.log_action = self.log_action, False
        created = super()._create(*args, **kwargs)
        note(created, action, by=self.user)
        return created


class EditWithoutName(EditAction):
    log_action: Any

    def _edit(self, *args: Any, **kwargs: Any) -> Any:
        action, self.log_action = self.log_action, False
        edited = super()._edit(*args, **kwargs)
        note(edited, action, by=self.user)
        return edited


class DeleteWithoutName(DeleteAction):
    log_action: Any

    def _delete(self, *args: Any, **kwargs: Any) -> Any:
        action, self.log_action = self.log_action, False
        note(self.instance, action, by=self.user)
        return super()._delete(*args, **kwargs)


def register(registry: ActionRegistry) -> None:
    for model in (Person, ContactPerson):
        for action in (CreateWithoutName, EditWithoutName, DeleteWithoutName):
            registry.register(model, action)
