"""Public addresses."""

from django.urls import path

from . import views

app_name = "contacts"
urlpatterns = [path("organisationer/", views.organisations, name="organisations")]
