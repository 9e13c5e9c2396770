"""Listings of the contact register in Wagtail's admin."""

from wagtail.users.views.users import UserViewSet


class AccountViewSet(UserViewSet):
    """Persons who may log in to the admin."""
