"""The blocks of a page's body."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from .tables import speak_swedish

speak_swedish()  # before the blocks copy the options

RICH_TEXT = ["h2", "h3", "bold", "italic", "ol", "ul", "link", "document-link"]
SHORT_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]

# What is asked of every picture, in a body or first on a page.
ALT_TEXT_HELP = "Vad bilden säger, för den som inte ser den. En eller två meningar."
DECORATIVE_HELP = "Då läser skärmläsare inte upp den."
TEXT_OR_DECORATION = "Skriv vad bilden säger, eller kryssa i att den bara är dekoration. Inte båda."


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Rubrik", max_length=150)
    text = blocks.RichTextBlock(label="Text", features=SHORT_TEXT)


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Rubrik över listan", max_length=150, required=False)
    items = blocks.ListBlock(AccordionItemBlock(), label="Delar", min_num=1)

    class Meta:
        label = "Fäll ut-lista"
        icon = "list-ul"
        template = "components/blocks/accordion.html"


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label="Citat")
    source = blocks.CharBlock(label="Vem säger det", max_length=150, required=False)

    class Meta:
        label = "Citat"
        icon = "openquote"
        template = "components/blocks/quote.html"


class FactBoxBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Rubrik", max_length=150)
    text = blocks.RichTextBlock(label="Text", features=SHORT_TEXT)

    class Meta:
        label = "Faktaruta"
        icon = "info-circle"
        template = "components/blocks/fact_box.html"


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Länktext", max_length=200)
    page = blocks.PageChooserBlock(label="Sida i LUMEN", required=False)
    url = blocks.URLBlock(label="Webbadress", required=False)

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            raise blocks.StructBlockValidationError(
                non_block_errors=["Välj antingen en sida i LUMEN eller skriv en webbadress."]
            )
        return cleaned


class WayInBlock(blocks.StructBlock):
    """A shortcut on the start page; a path may carry filters, as in /material/?niva=komma-igang."""

    title = blocks.CharBlock(label="Rubrik", max_length=80)
    text = blocks.TextBlock(label="Text", max_length=200, required=False)
    page = blocks.PageChooserBlock(label="Sida i LUMEN", required=False)
    path = blocks.RegexBlock(
        r"^/(?![/\\])\S*$",
        label="Eller adress i LUMEN",
        required=False,
        max_length=500,
        help_text="Till exempel /material/?niva=komma-igang",
        error_messages={"invalid": "Adressen ska börja med / och inte innehålla mellanslag."},
    )

    class Meta:
        label = "Ingång"
        icon = "arrow-right"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("page")) == bool(cleaned.get("path")):
            raise blocks.StructBlockValidationError(
                non_block_errors=["Välj antingen en sida eller skriv en adress i LUMEN."]
            )
        return cleaned


class WaysInBlock(blocks.StreamBlock):
    way_in = WayInBlock()


class LinkListBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Rubrik", max_length=150, required=False)
    links = blocks.ListBlock(LinkBlock(), label="Länkar", min_num=1)

    class Meta:
        label = "Länklista"
        icon = "link"
        template = "components/blocks/link_list.html"


class VideoLinkBlock(blocks.StructBlock):
    """A link, not an embed: no page makes a request to a third party."""

    title = blocks.CharBlock(label="Filmens titel", max_length=200)
    url = blocks.URLBlock(label="Webbadress")
    description = blocks.CharBlock(label="Kort om filmen (längd, textning)", max_length=250, required=False)

    class Meta:
        label = "Länk till film"
        icon = "media"
        template = "components/blocks/video_link.html"


class DocumentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Dokument")
    description = blocks.CharBlock(label="Kort om dokumentet", max_length=250, required=False)

    class Meta:
        label = "Dokument"
        icon = "doc-full"
        template = "components/blocks/document.html"


class PictureChooserBlock(ImageChooserBlock):
    """A chosen picture, read together with its approval."""

    def bulk_to_python(self, values: Any) -> list[Any]:
        pictures: list[Any] = super().bulk_to_python(values)
        prefetch_related_objects([picture for picture in pictures if picture is not None], "screening")
        return pictures


class PictureBlock(blocks.StructBlock):
    """A picture with its text for those who do not see it; a picture that only adorns has none."""

    image = PictureChooserBlock(
        label="Bild", help_text="Ska bilden beskäras bestämmer du vad som alltid ska synas i bildens fokusområde."
    )
    alt_text = blocks.CharBlock(
        label="Textalternativ",
        max_length=250,
        required=False,
        help_text=ALT_TEXT_HELP,
    )
    decorative = blocks.BooleanBlock(label="Bilden är bara dekoration", required=False, help_text=DECORATIVE_HELP)
    caption = blocks.CharBlock(label="Bildtext", max_length=300, required=False)
    shape = blocks.ChoiceBlock(
        [("whole", "Hela bilden"), ("wide", "Beskuren på bredden")], label="Form", default="whole"
    )

    class Meta:
        label = "Bild"
        icon = "image"
        template = "components/blocks/picture.html"

    def clean(self, value: blocks.StructValue) -> blocks.StructValue:
        cleaned = super().clean(value)
        if bool(cleaned.get("alt_text")) == bool(cleaned.get("decorative")):
            raise blocks.StructBlockValidationError({"alt_text": ValidationError(TEXT_OR_DECORATION)})
        return cleaned


class BodyBlock(blocks.StreamBlock):
    """The body of every page type."""

    text = blocks.RichTextBlock(label="Text", features=RICH_TEXT, template="components/blocks/text.html")
    accordion = AccordionBlock()
    quote = QuoteBlock()
    fact_box = FactBoxBlock()
    table = TableBlock(label="Tabell", template="components/blocks/table.html")
    link_list = LinkListBlock()
    video_link = VideoLinkBlock()
    document = DocumentBlock()
    picture = PictureBlock()

    class Meta:
        template = "components/blocks/body.html"
