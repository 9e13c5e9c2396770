"""Listings and forms of the admin: material with filters, and the vocabulary."""

from typing import Any, ClassVar

from django.db.models import Count, F, ProtectedError, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_filters import ModelMultipleChoiceFilter, MultipleChoiceFilter
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views import generic
from wagtail.admin.views.pages.listing import IndexView, PageFilterSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.viewsets.pages import PageListingViewSet
from wagtail.admin.widgets import SlugInput

from contacts.exports import ColumnsExportMixin, names_of
from contacts.filters import NameFilter
from contacts.models import Organisation
from gate.panels import screened
from gate.views import ScreenedCreateView, ScreenedEditView

from .enums import ResourceKind
from .models import Category, Keyword, ResourcePage, Synonym, Theme


class ResourceFilterSet(PageFilterSet):
    kind = MultipleChoiceFilter(label="Slag", choices=ResourceKind.choices, widget=CheckboxSelectMultiple)
    theme = ModelMultipleChoiceFilter(
        label="Tema", field_name="tagged_themes__tag", queryset=Theme.objects.all(), widget=CheckboxSelectMultiple
    )
    producer = NameFilter(label="Avsändare", model=Organisation, names=("name", "short_name"))

    class Meta:
        model = ResourcePage
        fields: ClassVar[list[str]] = []


MATERIAL_COLUMNS = {
    "Titel": lambda row: row.title,
    "Slag": lambda row: row.get_kind_display(),
    "Avsändare": lambda row: row.producer_name,
    "Utgivet": lambda row: row.published_text,
    "Granskat": lambda row: row.reviewed_on,
    "Teman": lambda row: ", ".join(theme.name for theme in row.themes.all()),
    "Publicerat i LUMEN": lambda row: row.live,
    "Ändrat senast": lambda row: row.latest_revision_created_at,
    "Adress": lambda row: row.full_url or "",
}


class ResourceIndexView(ColumnsExportMixin, IndexView):
    export_columns = MATERIAL_COLUMNS
    list_export, export_headings = names_of(MATERIAL_COLUMNS)
    export_filename = "material"

    def annotate_queryset(self, pages: Any) -> Any:
        return super().annotate_queryset(pages.annotate(producer_label=F("producer__short_name")))


class ResourceListingViewSet(PageListingViewSet):
    """All material in one list."""

    model = ResourcePage
    name = "material"
    icon = "doc-full"
    menu_label = "Material"
    menu_order = 110
    add_to_admin_menu = True
    index_view_class = ResourceIndexView
    filterset_class = ResourceFilterSet
    columns: ClassVar[list[Column]] = [
        *(column for column in PageListingViewSet.columns if column.name in ("bulk_actions", "title")),
        Column("kind", label="Slag", accessor="get_kind_display", sort_key="kind", width="14%"),
        Column("producer_label", label="Avsändare", sort_key="producer__short_name", width="16%"),
        Column("published_text", label="Utgivet", sort_key="published_on", width="12%"),
        *(column for column in PageListingViewSet.columns if column.name in ("latest_revision_created_at", "status")),
    ]


class VocabularyIndexView(generic.IndexView):
    """Lists a vocabulary, with the number of pages that have each word (published or not)."""

    def get_base_queryset(self) -> QuerySet[Any]:
        return super().get_base_queryset().annotate(uses=Count("tagged_resources"))


class VocabularyDeleteView(generic.DeleteView):
    """Tells before the deletion of a word how much material has it."""

    @property
    def confirmation_message(self) -> str:
        uses = self.object.tagged_resources.count()
        return f"Är du säker? {uses} material har {self.object} och blir av med det." if uses else "Är du säker?"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ProtectedError:
            messages.error(request, f"{self.object} har en egen sida. Ta bort sidan först.")
            return redirect(self.index_url_name)


class ThemeViewSet(ModelViewSet):
    model = Theme
    icon = "tag"
    menu_label = "Teman"
    ordering = "name"
    index_view_class = VocabularyIndexView
    delete_view_class = VocabularyDeleteView
    add_view_class = ScreenedCreateView
    edit_view_class = ScreenedEditView
    copy_view_enabled = False
    list_display: ClassVar[list[Any]] = [
        "name",
        Column("summary", label="Kort beskrivning"),
        Column("uses", label="Antal material", sort_key="uses"),
    ]
    search_fields: ClassVar[list[str]] = ["name", "summary"]
    edit_handler = screened(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder="Till exempel Riskanalys"),
            FieldPanel(
                "slug",
                widget=SlugInput,
                help_text="Byt det inte i onödan: sparade länkar slutar att fungera.",
            ),
            FieldPanel("summary", help_text="En mening om vad temat handlar om. Skapa sedan en temasida under Teman."),
        ]
    )


class KeywordViewSet(ModelViewSet):
    model = Keyword
    icon = "tag"
    menu_label = "Nyckelord"
    ordering = "name"
    index_view_class = VocabularyIndexView
    delete_view_class = VocabularyDeleteView
    add_view_class = ScreenedCreateView
    edit_view_class = ScreenedEditView
    copy_view_enabled = False
    list_display: ClassVar[list[Any]] = ["name", Column("uses", label="Antal material", sort_key="uses")]
    search_fields: ClassVar[list[str]] = ["name"]
    edit_handler = screened(
        [
            TitleFieldPanel("name", targets=["slug"], placeholder="Till exempel visselblåsning"),
            FieldPanel("slug", widget=SlugInput),
        ]
    )


class CategoryViewSet(ModelViewSet):
    model = Category
    icon = "list-ul"
    menu_label = "Kategorier"
    ordering = ("kind", "position")
    add_view_class = ScreenedCreateView
    edit_view_class = ScreenedEditView
    copy_view_enabled = False
    list_display: ClassVar[list[Any]] = ["name", "kind", "position"]
    list_filter: ClassVar[list[str]] = ["kind"]
    search_fields: ClassVar[list[str]] = ["name"]
    edit_handler = screened(
        [
            FieldPanel("kind"),
            TitleFieldPanel("name", targets=["slug"], placeholder="Till exempel Skolskjuts"),
            FieldPanel("slug", widget=SlugInput),
            FieldPanel("position"),
        ]
    )


class SynonymViewSet(ModelViewSet):
    model = Synonym
    icon = "search"
    menu_label = "Synonymer"
    ordering = "phrase"
    add_view_class = ScreenedCreateView
    edit_view_class = ScreenedEditView
    copy_view_enabled = False
    list_display: ClassVar[list[Any]] = ["phrase", "means", BooleanColumn("both_ways", label="Åt båda hållen")]
    search_fields: ClassVar[list[str]] = ["phrase", "means"]
    edit_handler = screened(
        [
            FieldPanel("phrase", help_text="Det som någon skriver i sökrutan, till exempel FUT."),
            FieldPanel("means"),
            FieldPanel("both_ways"),
        ]
    )


class VocabularyViewSetGroup(ModelViewSetGroup):
    """The menu of the vocabulary that material is sorted by."""

    menu_label = "Ordlistor"
    menu_icon = "tag"
    menu_order = 400
    items = (ThemeViewSet, CategoryViewSet, KeywordViewSet, SynonymViewSet)
