"""Public addresses."""

from django.urls import path

from . import views

app_name = "contacts"
urlpatterns = [
    path("organisationer/", views.organisations, name="organisations"),
    path("utskick/<str:token>/", views.stop_mail, name="stop_mail"),
]
