"""Public addresses."""

from django.urls import path

from . import views
from .nominations import views as nominations
from .reachability.views import inquiry

app_name = "contacts"
urlpatterns = [
    path("organisationer/", views.organisations, name="organisations"),
    path("min-sida/uppgifter/", views.own_details, name="my_details"),
    path("min-sida/ersattare/", views.appoint_deputy, name="my_deputy"),
    path("min-sida/ersattare/<int:pk>/avsluta/", views.end_deputy, name="end_my_deputy"),
    path("min-sida/mejl/<int:pk>/", views.resume_mail, name="resume_mail"),
    path("min-sida/uppdrag/<int:pk>/lamna-over/", nominations.hand_over, name="hand_over"),
    path("min-sida/uppdrag/<int:pk>/avsluta/", nominations.resign, name="resign"),
    path("kontaktperson/anmal/", nominations.apply, name="apply"),
    path("kontaktperson/anmal/tack/", nominations.thanks, name="applied"),
    path("kontaktperson/stammer/<str:token>/", inquiry, name="inquiry"),
    path("kontaktperson/svara/<str:token>/", nominations.answer, name="nomination"),
    path("konto/logga-ut-overallt/", views.log_out_everywhere, name="log_out_everywhere"),
    path("utskick/<str:token>/", views.stop_mail, name="stop_mail"),
]
