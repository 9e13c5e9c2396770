"""Screens all that is public again, with today's rules."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from screening.descriptions import describe
from screening.findings import RULES_VERSION, Finding, Screening, Verdict
from screening.text import screen_text

from .desk.reviews import approved_findings
from .files.actions import record_outcome, report_blocked_file
from .files.content import Content, screen_content
from .files.queue import drain_now, queue_unscreened_files
from .findings import findings_in, screen_texts
from .models import FileScreening, Screened, file_models
from .stops import screen_unpassed
from .texts import digest_of
from .third_party_models import SCREENED_FIELDS

BATCH = 100  # rows that are in memory at a time
HIDDEN_TITLE = "(titeln visas inte)"


@dataclass(frozen=True)
class Fault:
    """Something that should not be public, or that somebody must look at. The excerpt is masked."""

    kind: str  # what it is, in Swedish
    id: str
    title: str
    address: str  # of its form in the admin; "" if there is none
    verdict: Verdict
    where: str
    excerpt: str
    text: str  # the whole fault as a sentence


@dataclass
class Count:
    """How much has been screened."""

    pages: int = 0
    others: int = 0
    files: int = 0
    read_again: int = 0


def rescreen(count: Count, *, everything: bool = False) -> Iterator[Fault]:
    """Screen pages, other public texts and files; each fault is yielded as it is found, so memory is bounded.

    A file is read again when it was screened by older rules, or always with `everything`; one that blocks
    is not public from that moment.
    """
    queue_unscreened_files()
    drain_now()
    yield from _rescreen_pages(count)
    yield from _rescreen_rows(count)
    yield from _rescreen_files(count, everything)


def _rescreen_pages(count: Count) -> Iterator[Fault]:
    for pk in Page.objects.live().public().order_by("pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
        page = Page.objects.filter(pk=pk).first()
        if page is None:
            continue
        page, count.pages = page.specific, count.pages + 1
        outcome = Screening.of(found for _, found in screen_unpassed(page))
        if outcome.findings:
            # A warning that somebody has approved for exactly this content is no fault.
            approved = approved_findings(page, digest_of(page))
            outcome = Screening(tuple(finding for finding in outcome.findings if asdict(finding) not in approved))
        yield from _faults_of(page, outcome)


def _rescreen_rows(count: Count) -> Iterator[Fault]:
    for model in apps.get_models():
        if issubclass(model, Screened) and not issubclass(model, Page):
            for instance in _every_row(model):
                count.others += 1
                yield from _faults_of(instance, _only_blocks(screen_texts(instance)))
    for model, names in SCREENED_FIELDS.items():
        for instance in _every_row(model):
            count.others += 1
            found = tuple(chain.from_iterable(findings_in(instance, names).values()))
            yield from _faults_of(instance, _only_blocks(Screening(found)))


def _only_blocks(outcome: Screening) -> Screening:
    """The outcome if it blocks, else an empty one: warnings in rows were approved when the rows were saved."""
    return outcome if outcome.verdict == Verdict.BLOCK else Screening()


def _rescreen_files(count: Count, everything: bool) -> Iterator[Fault]:
    for model in file_models():
        for instance in _every_row(model):
            yield from _faults_of(instance, _only_blocks(screen_texts(instance)))
            if instance.screening_id is None:
                yield _missing_file(instance)
    for screening in _every_row(FileScreening):
        count.files += 1
        if screening.is_done and (everything or screening.rules < RULES_VERSION):
            count.read_again += 1
            yield from _read_again(screening)
        if not screening.is_approved:
            for file in screening.files():
                yield from _faults_of(file, screening.result)


def _read_again(screening: FileScreening) -> Iterator[Fault]:
    """Screen the content again and store the outcome; yields a fault for each file that is missing."""
    outcome = None
    for file in screening.files():
        try:
            content = Content(screening.digest, screening.suffix, screening.size)
            outcome = screen_content(file.file, content, has_time=True)
        except OSError:
            yield _missing_file(file)
        else:
            break
    if outcome is None:
        return
    with transaction.atomic():
        blocked = screening.blocks
        row = FileScreening.objects.select_for_update().get(pk=screening.pk)
        record_outcome(row, outcome)
        if row.blocks and not blocked:
            report_blocked_file(row)
    screening.refresh_from_db()


def _every_row(model: type[Any]) -> Iterator[Any]:
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


def _missing_file(instance: models.Model) -> Fault:
    return _fault(instance, Verdict.UNSCREENED, "Filen finns inte i lagringen.")


def _fault(instance: models.Model, verdict: Verdict, text: str, finding: Finding | None = None) -> Fault:
    path = AdminURLFinder().get_edit_url(instance)
    title = str(instance)
    return Fault(
        kind=str(instance._meta.verbose_name),
        id=str(instance.pk),
        # What was found may be in the title.
        title=HIDDEN_TITLE if screen_text(title).findings else title,
        address=f"{settings.WAGTAILADMIN_BASE_URL}{path}" if path else "",
        verdict=verdict,
        where=finding.where if finding else "",
        excerpt=finding.excerpt if finding else "",
        text=text,
    )
