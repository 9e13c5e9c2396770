"""Going through all that is public with today's rules."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from screening.findings import RULES_VERSION, Finding, Screening, Verdict
from screening.text import screen_text
from screening.wording import describe

from .models import FileScreening, ScreeningState
from .publishing.review import passed_findings
from .publishing.texts import digest_of, screen_texts
from .uploads.actions import record_outcome
from .uploads.content import Content, screen_content
from .uploads.holders import file_models, holders_of
from .uploads.queue import drain_now, queue_unscreened_files
from .uploads.telling import tell_of_block
from .writing.fields import screen_field
from .writing.models import Screened
from .writing.others import WRITTEN_IN

BATCH = 100  # rows that are in memory at a time
HIDDEN_TITLE = "(titeln visas inte)"


@dataclass(frozen=True)
class Fault:
    """Something that should not be public, or that somebody must look at. The excerpt is masked."""

    kind: str  # what it is, in Swedish
    id: str
    title: str
    address: str  # where it is changed, in the admin; "" where nothing leads there
    verdict: Verdict
    where: str
    excerpt: str
    text: str  # all of it in a sentence


@dataclass
class Count:
    """How much was gone through."""

    pages: int = 0
    others: int = 0
    files: int = 0
    read_again: int = 0


def rescreen(count: Count, *, everything: bool = False) -> Iterator[Fault]:
    """Screen pages, other public texts and files; what is found is yielded at once, so memory is bounded.

    A file is read again when it was screened by older rules, or always with `everything`; one that blocks
    is not public from that moment.
    """
    queue_unscreened_files()
    drain_now()
    yield from _pages(count)
    yield from _others(count)
    yield from _files(count, everything)


def _pages(count: Count) -> Iterator[Fault]:
    for pk in Page.objects.live().public().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            continue
        page, count.pages = page.specific, count.pages + 1
        outcome = screen_texts(page)
        if outcome.findings:
            # A warning that somebody has passed for exactly this content is in order.
            passed = passed_findings(page, digest_of(page))
            outcome = Screening(tuple(finding for finding in outcome.findings if asdict(finding) not in passed))
        yield from _faults_of(page, outcome)


def _others(count: Count) -> Iterator[Fault]:
    for model in apps.get_models():
        if issubclass(model, Screened) and not issubclass(model, Page):
            for instance in _all(model):
                count.others += 1
                yield from _faults_of(instance, _only_blocks(screen_texts(instance)))
    for label, names in WRITTEN_IN.items():
        model = apps.get_model(label)
        for instance in _all(model):
            count.others += 1
            outcomes = [screen_field(model._meta.get_field(name), getattr(instance, name)) for name in names]  # type: ignore[arg-type]
            yield from _faults_of(instance, _only_blocks(Screening.of(outcomes)))


def _only_blocks(outcome: Screening) -> Screening:
    """Warnings in rows were passed when they were saved; there is no content of theirs to hold it against."""
    return outcome if outcome.verdict == Verdict.BLOCK else Screening()


def _files(count: Count, everything: bool) -> Iterator[Fault]:
    for model in file_models():
        for instance in _all(model):
            yield from _faults_of(instance, _only_blocks(screen_texts(instance)))
            if instance.screening_id is None:
                yield _missing(instance)
    for screening in _all(FileScreening):
        count.files += 1
        if screening.state == ScreeningState.DONE and (everything or screening.rules < RULES_VERSION):
            count.read_again += 1
            yield from _read_again(screening)
        if not screening.is_cleared:
            for holder in holders_of(screening):
                yield from _faults_of(holder, screening.result)


def _read_again(screening: FileScreening) -> Iterator[Fault]:
    """Read the content anew and keep what is found; a file that is gone is told and stays as it was."""
    outcome = None
    for holder in holders_of(screening):
        try:
            content = Content(screening.digest, screening.suffix, screening.size)
            outcome = screen_content(holder.file, content, has_time=True)
        except OSError:
            yield _missing(holder)
        else:
            break
    if outcome is None:
        return
    with transaction.atomic():
        blocked = screening.blocks
        row = FileScreening.objects.select_for_update().get(pk=screening.pk)
        record_outcome(row, outcome)
        if row.blocks and not blocked:
            tell_of_block(row)
    screening.refresh_from_db()


def _all(model: type[Any]) -> Iterator[Any]:
    """Every row, a batch at a time, without a cursor that other queries could disturb."""
    last: Any = None
    while True:
        rows = model._base_manager.order_by("pk")
        batch = list((rows if last is None else rows.filter(pk__gt=last))[:BATCH])
        yield from batch
        if len(batch) < BATCH:
            return
        last = batch[-1].pk


def _faults_of(instance: models.Model, outcome: Screening) -> Iterator[Fault]:
    for finding in dict.fromkeys(outcome.findings):
        verdict = Verdict.BLOCK if Screening((finding,)).verdict == Verdict.BLOCK else Verdict.WARN
        yield _fault(instance, verdict, describe(finding), finding)
    if outcome.fault:
        yield _fault(instance, Verdict.UNSCREENED, outcome.fault)


def _missing(instance: models.Model) -> Fault:
    return _fault(instance, Verdict.UNSCREENED, "Filen finns inte i lagringen.")


def _fault(instance: models.Model, verdict: Verdict, text: str, finding: Finding | None = None) -> Fault:
    path = AdminURLFinder().get_edit_url(instance)
    title = str(instance)
    return Fault(
        kind=str(instance._meta.verbose_name),
        id=str(instance.pk),
        # What is found may well be the title.
        title=HIDDEN_TITLE if screen_text(title).findings else title,
        address=f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path else "",
        verdict=verdict,
        where=finding.where if finding else "",
        excerpt=finding.excerpt if finding else "",
        text=text,
    )
