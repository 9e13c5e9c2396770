"""The addresses below /admin/personuppgifter/: extract, erasure and retention."""

from django.urls import path

from .erasure.views import EraseView
from .extract.views import NAMESPACE, ExtractView
from .retention.views import RetentionRuleView, RetentionView

app_name = NAMESPACE
urlpatterns = [
    path("utdrag/", ExtractView.as_view(), name="extract"),
    path("radera/", EraseView.as_view(), name="erase"),
    path("gallring/", RetentionView.as_view(), name="retention"),
    path("gallring/<slug:kind>/", RetentionRuleView.as_view(), name="retention_rule"),
]
