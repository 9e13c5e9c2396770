"""Addresses of what we publish that are no pages of the tree."""

from django.urls import path

from . import views
from .feeds import ResourceFeed

app_name = "resources"
urlpatterns = [
    path("sok/", views.search, name="search"),
    path("material/feed/", ResourceFeed(), name="feed"),
]
