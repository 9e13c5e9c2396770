"""Addresses of the room's views outside the page tree."""

from django.urls import path

from . import views
from .drafts.views import shared_draft
from .feeds import ResourceFeed

app_name = "resources"
urlpatterns = [
    path("sok/", views.search, name="search"),
    path("sok/forslag/", views.suggestions, name="suggestions"),
    path("utkast/<str:token>/", shared_draft, name="shared_draft"),
    path("material/feed/", ResourceFeed(), name="feed"),
]
