"""Registers the room's views, menu items and buttons with Wagtail's admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from contacts.viewsets import ContactsViewSetGroup

from . import urls
from .extract.views import NAMESPACE as PERSONAL_DATA
from .extract.views import TITLE as EXTRACT_TITLE
from .permissions import user_can_extract, user_can_purge, user_can_see_purges, user_can_see_retention
from .purge import urls as purge_urls
from .purge import views
from .purge.left_behind import offer_removal
from .retention.actions import CHANGE
from .retention.views import TITLE as RETENTION_TITLE
from .viewsets import AccessLogViewSet


@hooks.register("register_admin_viewset")
def access_log() -> AccessLogViewSet:
    return AccessLogViewSet()


@hooks.register("register_admin_urls")
def admin_urls() -> list[URLPattern | URLResolver]:
    return [path("granskning/", include(purge_urls)), path("personuppgifter/", include(urls))]


@hooks.register("after_publish_page")
def offer_removal_of_versions(request: HttpRequest, page: Page) -> None:
    offer_removal(request, page)


@hooks.register("register_permissions")
def purge_permissions() -> QuerySet[Permission]:
    return Permission.objects.filter(content_type__app_label="privacy", codename__in=("purge", "view_purge"))


class ExtractMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_extract(request.user)


@hooks.register(ContactsViewSetGroup.submenu_hook)
def extract_menu_item() -> MenuItem:
    url = reverse(f"{PERSONAL_DATA}:extract")
    return ExtractMenuItem(EXTRACT_TITLE, url, name="registerutdrag", icon_name="download", order=550)


class RetentionMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_see_retention(request.user)


@hooks.register("register_reports_menu_item")
def retention_menu_item() -> MenuItem:
    url = reverse(f"{PERSONAL_DATA}:retention")
    return RetentionMenuItem(RETENTION_TITLE, url, name="gallring", icon_name="time", order=1100)


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(CHANGE, "Ändra gallringstid", "Ändrade hur länge uppgifter sparas")


class PurgeLogMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return user_can_see_purges(request.user)


@hooks.register("register_reports_menu_item")
def purge_log() -> MenuItem:
    return PurgeLogMenuItem(
        views.LOG_TITLE, reverse(f"{views.NAMESPACE}:log"), name="bortrensat", icon_name="bin", order=1200
    )


@hooks.register("register_page_listing_more_buttons")
def listing_button(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    yield from _buttons(page, user)


def _buttons(page: Page, user: Any) -> Iterator[Button]:
    if page.pk and page.depth > 2 and user_can_purge(user):
        url = reverse(f"{views.NAMESPACE}:purge", args=["sida", page.pk])
        yield Button(views.TITLE, url=url, icon_name="bin", priority=90)
