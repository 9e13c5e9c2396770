from django.apps import AppConfig
from django.core.checks import register
from wagtail.users.apps import WagtailUsersAppConfig

from contacts.enums import MailCategory as ContactsMail
from gate.enums import MailCategory as GateMail
from meetings.enums import MailCategory as MeetingsMail
from outbox.categories import name_categories

from .checks import client_addresses
from .logs import configure

# The kinds of mail of every room, with the label that the outbox shows.
MAIL_CATEGORIES = (*ContactsMail.choices, *GateMail.choices, *MeetingsMail.choices)


class LumenConfig(AppConfig):
    name = "lumen"
    verbose_name = "LUMEN"
    default = True  # there are two in this module

    def ready(self) -> None:
        configure()
        _explain_clock_times()
        register(client_addresses)
        name_categories(MAIL_CATEGORIES)
        _name_link_makers()
        _name_conditions()
        _name_consequences()
        _name_reply_handler()
        _name_searched_views()
        _name_matcher()


def _explain_clock_times() -> None:
    """Let the admin's forms explain a clock time that a night does not have."""
    from .clock_times import use_in_admin

    use_in_admin()


def _name_link_makers() -> None:
    """Tell the outbox how the personal links of every room are made."""
    # Models can't be imported before the apps are ready.
    from contacts.personal_links import LINK_MAKERS as CONTACTS_LINKS
    from meetings.personal_links import LINK_MAKERS as MEETINGS_LINKS
    from outbox.personal_links import name_link_makers

    name_link_makers({**CONTACTS_LINKS, **MEETINGS_LINKS})


def _name_conditions() -> None:
    """Tell the outbox how it is asked, when a mail is about to leave, whether it still should."""
    from contacts.conditions import CONDITIONS as CONTACTS_CONDITIONS
    from meetings.conditions import CONDITIONS as MEETINGS_CONDITIONS
    from outbox.conditions import name_conditions

    name_conditions({**CONTACTS_CONDITIONS, **MEETINGS_CONDITIONS})


def _name_consequences() -> None:
    """Tell the register what follows when a person is appointed, and when two rows are merged."""
    from contacts.actions import welcome
    from contacts.consequences import name_consequences, name_merge_consequences
    from meetings.actions import invite_appointed, readdress_registrations
    from privacy.merging import follow_in_logs

    name_consequences((welcome, invite_appointed))
    name_merge_consequences((readdress_registrations, follow_in_logs))


def _name_reply_handler() -> None:
    """Tell the outbox who acts on the answers of calendars."""
    from meetings.actions import answer_from_calendar
    from outbox.calendar_replies import name_reply_handler

    name_reply_handler(answer_from_calendar)


def _name_matcher() -> None:
    """Let the lists of the register find names as the search finds words."""
    from contacts.filters import name_matcher
    from resources.search.names import keys_by_name

    name_matcher(keys_by_name)


def _name_searched_views() -> None:
    """Tell the search which public views there are beside the pages."""
    from resources.search.public_views import name_public_views

    from .searched_views import SEARCHED_VIEWS

    name_public_views(SEARCHED_VIEWS)


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's user administration, with our form: a person has one name."""

    user_viewset = "contacts.viewsets.AccountViewSet"
