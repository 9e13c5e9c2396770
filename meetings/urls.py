"""Addresses around meetings that are no pages of the tree: registration, calendars and the meetings on min sida."""

from django.urls import path

from .views import calendar, colleagues, my_page, registration

app_name = "meetings"
MINE = "min-sida/moten/<slug:slug>/<int:organisation>/"

urlpatterns = [
    path("moten/kalender.ics", calendar.feed, name="calendar_feed"),
    path("moten/tema/<str:slug>/kalender.ics", calendar.theme_feed, name="theme_feed"),
    path("moten/anmalan/<str:token>/", registration.register_invited, name="register_invited"),
    path("moten/anmalan/<str:token>/tack/", registration.registered_invited, name="registered_invited"),
    path("moten/deltagare/<str:token>/", registration.participant, name="participant"),
    path("moten/deltagare/<str:token>/avanmalan/", registration.participant_cancel, name="participant_cancel"),
    path("moten/deltagare/<str:token>/anmal-igen/", registration.participant_return, name="participant_return"),
    path("moten/deltagare/<str:token>/mote.ics", calendar.participant_ics, name="participant_ics"),
    path("moten/<slug:slug>/mote.ics", calendar.meeting_ics, name="ics"),
    path("moten/<slug:slug>/anmalan/", registration.register, name="register"),
    path("moten/<slug:slug>/min-anmalan/", registration.own_registration, name="own_registration"),
    path("moten/<slug:slug>/anmalan/tack/", registration.registered, name="registered"),
    path(f"{MINE}inbjudan/", my_page.get_link, name="my_link"),
    path(f"{MINE}vidarebefordra/", my_page.forward, name="forward"),
    path(f"{MINE}vidarebefordra/samma/", colleagues.forward_same, name="forward_same"),
    path(f"{MINE}anmald/<int:pk>/avanmal/", my_page.take_away, name="take_away"),
    path("min-sida/kollegor/", colleagues.colleagues, name="colleagues"),
    path("min-sida/kollegor/<int:pk>/", colleagues.change, name="change_colleague"),
    path("min-sida/kollegor/<int:pk>/ta-bort/", colleagues.remove, name="remove_colleague"),
    path("kollega/<str:token>/", colleagues.leave, name="leave"),
    path(f"{MINE}tacka-nej/", my_page.decline, name="decline"),
    path(f"{MINE}delta-anda/", my_page.withdraw_decline, name="withdraw_decline"),
]
