"""The purge's addresses below /admin/granskning/."""

from django.urls import path

from . import views

app_name = views.NAMESPACE
urlpatterns = [
    path("rensa/sida/<int:pk>/versioner/", views.VersionsView.as_view(), name="versions"),
    path("rensa/<slug:kind>/<int:pk>/", views.PurgeView.as_view(), name="purge"),
    path("bortrensat/", views.LogView.as_view(), name="log"),
]
