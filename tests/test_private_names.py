"""Names with an underscore that LUMEN uses of its libraries: that each still is what we take it for.

No library promises to keep them, so an upgrade that takes one away fails here, with the name. A new use is
found by reading the source: it fails until it is listed here with a test.
"""

import ast
import importlib
import inspect
import io
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from allauth.account.views import ConfirmLoginCodeView
from csp.middleware import CSPMiddleware
from django import forms
from django.conf import settings
from django.contrib.messages.storage.session import SessionStorage
from django.core.files.base import ContentFile
from django.db import connection, models
from django.http import HttpResponse
from django.test import RequestFactory
from modelsearch.backends.base import BaseSearchResults
from modelsearch.backends.database.fallback import DatabaseSearchResults
from pypdf.generic import DictionaryObject, NameObject, StreamObject
from wagtail.actions import CreateAction, DeleteAction, EditAction
from wagtail.admin.views.pages.preview import PreviewOnEditView
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from resources.models import Document
from tests.factories.resources import DocumentFactory, ResourcePageFactory

ROOMS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["root_packages"]
# Names with an underscore that Django's documentation describes.
DOCUMENTED = {"_meta", "_state", "_default_manager", "_base_manager", "_replace"}
PRIVATE = re.compile(r"_(?!_)\w*[a-zA-Z]\w*(?<!_)")


def committed() -> None:
    """Django: whether a file field's file lies in the storage already."""
    document = Document(file="documents/rutin.pdf")
    assert document.file._committed is True
    document.file = ContentFile(b"x", name="rutin.pdf")
    assert document.file._committed is False


def policy_of_a_response() -> None:
    """django-csp: a response may change the policy for itself; its decorators write the same."""
    request, response = RequestFactory().get("/"), HttpResponse()
    response._csp_update = {"img-src": "blob:"}
    response._csp_replace = {"frame-ancestors": "'self'"}
    CSPMiddleware(lambda request: response)(request)
    policy = response.headers["Content-Security-Policy"]
    assert re.search("img-src [^;]*blob:", policy)
    assert "frame-ancestors 'self';" in f"{policy};"


def packed_stream() -> None:
    """pypdf: the bytes of a stream as they stand in the file."""
    stream = StreamObject()
    stream._data = b"packed"
    assert stream.get_data() == b"packed"


def widths_of_a_font() -> None:
    """pypdf: what a font of a page says of its letters."""
    from pypdf.generic._font import Font

    resource = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    assert Font.from_font_resource(resource).character_widths


def database_of_a_manager() -> None:
    """Django: the alias that a manager was told to use, None for any."""
    assert models.Manager()._db is None
    assert models.Manager().db_manager("default")._db == "default"


def references_of_a_draft() -> None:
    """Wagtail: what an instance refers to as it is in memory, as (content type, id, …)."""
    page = ResourcePageFactory(title="Sida")
    document = DocumentFactory()
    page.files.add(type(page).files.rel.related_model(document=document))
    found = {pk for _, pk, *_ in ReferenceIndex._extract_references_from_object(page)}
    assert str(document.pk) in found


def resending_a_code() -> None:
    """allauth: the step of the log-in that counts how many codes have been sent."""
    source = inspect.getsource(ConfirmLoginCodeView)
    assert list(inspect.signature(ConfirmLoginCodeView._resend_form_valid).parameters) == ["self", "form"]
    assert "self._process = " in source
    assert "self._process.resend()" in source
    from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess

    assert "resend_count" in inspect.getsource(inspect.getmodule(LoginCodeVerificationProcess.__mro__[1]))


def step_of(action: type[Any], name: str) -> Callable[[], None]:
    """Wagtail: where an action writes, called by its `execute`."""

    def check() -> None:
        assert callable(getattr(action, name))
        assert f"self.{name}(" in inspect.getsource(action.execute)

    return check


def after_the_fields() -> None:
    """Django: the step of a form's cleaning in which a ModelForm asks the model."""
    assert "self._post_clean()" in inspect.getsource(forms.BaseForm.full_clean)
    assert callable(forms.BaseModelForm._post_clean)


def results_of_a_search(name: str) -> Callable[[], None]:
    """modelsearch: where the results of a search are fetched or counted, once."""

    def check() -> None:
        assert f"self.{name}()" in inspect.getsource(BaseSearchResults)
        assert callable(getattr(DatabaseSearchResults, name))

    return check


def messages_in_a_session() -> None:
    """Django: where a session keeps the messages that nobody has seen."""
    assert SessionStorage.session_key == "_messages"


def index_of_the_admin_search() -> None:
    """Wagtail: the full-text table of its own index, which only SQLite has."""
    if connection.vendor == "sqlite":
        assert f"{IndexEntry._meta.db_table}_fts" in connection.introspection.table_names()


def part_of_a_sheet() -> None:
    """openpyxl: in which part of the package a sheet that is only read lies."""
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    book = openpyxl.load_workbook(file, read_only=True)
    assert book.worksheets[0]._worksheet_path == "xl/worksheets/sheet1.xml"


def preview_of_a_form() -> None:
    assert callable(PreviewOnEditView._get_form_state) and callable(PreviewOnEditView._get_form_data)


USES: dict[str, Callable[[], None]] = {
    "_committed": committed,
    "_csp_update": policy_of_a_response,
    "_csp_replace": policy_of_a_response,
    "_data": packed_stream,
    "pypdf.generic._font": widths_of_a_font,
    "_db": database_of_a_manager,
    "_extract_references_from_object": references_of_a_draft,
    "_get_form_data": preview_of_a_form,
    "_get_form_state": preview_of_a_form,
    "_process": resending_a_code,
    "_resend_form_valid": resending_a_code,
    "_create": step_of(CreateAction, "_create"),
    "_edit": step_of(EditAction, "_edit"),
    "_delete": step_of(DeleteAction, "_delete"),
    "_post_clean": after_the_fields,
    "_messages": messages_in_a_session,
    "_do_search": results_of_a_search("_do_search"),
    "_do_count": results_of_a_search("_do_count"),
    "_worksheet_path": part_of_a_sheet,
}
# Names that are put together of pieces, so that the reading of the source does not see them.
UNSEEN: dict[str, Callable[[], None]] = {"_fts": index_of_the_admin_search}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(USES | UNSEEN))
def test_a_private_name_is_still_what_we_take_it_for(name: str) -> None:
    (USES | UNSEEN)[name]()


def test_every_private_name_that_we_use_of_a_library_is_listed() -> None:
    sources = [Source(path) for path in product_files()]
    own = frozenset().union(*(source.defined for source in sources))
    used = {name: str(source.path) for source in sources for name in source.of_libraries(own)}
    assert {name: path for name, path in used.items() if name not in USES} == {}
    assert sorted(USES.keys() - used.keys()) == [], "no longer used"


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("stream._data", {"_data"}),
        ("self._data", {"_data"}),
        ("self._own", set()),
        ("super()._own()", {"_own"}),
        ("Own._own", set()),
        ("model._meta", set()),
        ("thing.__dict__", set()),
        ("from library._inner import Thing", {"library._inner"}),
        ("from library import _thing", {"library._thing"}),
        ("import library._inner", {"library._inner"}),
        ("session.pop('_messages', None)", {"_messages"}),
        ("getattr(thing, '_hidden')", {"_hidden"}),
        ("class Form(forms.Form):\n    def _post_clean(self): ...", set()),
    ],
)
def test_the_reading_of_the_source_finds_each_sort_of_use(code: str, found: set[str], tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(code)
    source = Source(tmp_path / "code.py")
    assert source.of_libraries(frozenset({"_own", "Own"})) == found


def product_files() -> Iterator[Path]:
    for room in ROOMS:
        for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
            if "migrations" not in path.parts and "settings" not in path.parts:
                yield path.relative_to(settings.BASE_DIR)


class Source:
    """A module of ours, read as text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tree = ast.parse((settings.BASE_DIR / path).read_text())
        self.nodes = list(ast.walk(self.tree))

    @property
    def defined(self) -> frozenset[str]:
        """The names that it makes itself: functions, classes, variables and attributes of its objects."""
        names = {node.name for node in self.nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
        names |= {node.id for node in self.nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        attributes = (
            node for node in self.nodes if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
        )
        return frozenset(names | {node.attr for node in attributes if ast.unparse(node.value) in ("self", "cls")})

    def of_libraries(self, own: frozenset[str]) -> set[str]:
        """The private names that it uses, but for those that are `own`."""
        return {*self._attributes(own), *self._imports(), *self._strings(own), *self._overridden()}

    def _attributes(self, own: frozenset[str]) -> Iterator[str]:
        for node in self.nodes:
            if isinstance(node, ast.Attribute) and PRIVATE.fullmatch(node.attr) and node.attr not in DOCUMENTED:
                of_parent = ast.unparse(node.value).startswith("super(")
                if of_parent or node.attr not in own:
                    yield node.attr

    def _imports(self) -> Iterator[str]:
        for node in self.nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names if is_private(alias.name))
            elif isinstance(node, ast.ImportFrom) and not node.level and node.module not in ("__future__", None):
                if is_private(node.module):
                    yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names if is_private(alias.name))

    def _strings(self, own: frozenset[str]) -> Iterator[str]:
        """Names of attributes and keys, given to a function as text."""
        for node in self.nodes:
            if isinstance(node, ast.Call):
                for argument in node.args[:2]:
                    value = argument.value if isinstance(argument, ast.Constant) else None
                    if isinstance(value, str) and PRIVATE.fullmatch(value) and value not in own:
                        yield value

    def _overridden(self) -> Iterator[str]:
        """Private methods that our classes have in place of a library's."""
        for node in self.tree.body:
            if not isinstance(node, ast.ClassDef) or not node.bases:
                continue
            names = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
            names = [name for name in names if PRIVATE.fullmatch(name)]
            if names and not self.path.is_absolute():
                yield from overridden(getattr(imported(self.path), node.name), names)


def is_private(name: str | None) -> bool:
    return any(PRIVATE.fullmatch(part) for part in (name or "").split("."))


def imported(path: Path) -> Any:
    return importlib.import_module(".".join(path.with_suffix("").parts).removesuffix(".__init__"))


def overridden(own_class: type[Any], names: list[str]) -> Iterator[str]:
    libraries = [base for base in own_class.__mro__[1:] if base.__module__.partition(".")[0] not in ROOMS]
    return (name for name in names if any(name in vars(base) for base in libraries))
