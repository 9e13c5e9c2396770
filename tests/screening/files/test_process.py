"""The process in which a file is read: what ends it, and what it may not do."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from openpyxl import Workbook

from gate.files.queue import LEASE
from screening.files import is_out_of_time, limits, process, screen_file
from screening.findings import Verdict

from .makers import word
from .places import NUMBER


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "fil.docx"
    path.write_bytes(word.document(word.paragraph(f"Om {NUMBER}")))
    return path


def instead_of_the_child(monkeypatch, code: str) -> None:
    monkeypatch.setattr(process, "_COMMAND", (sys.executable, "-c", code))


def test_a_file_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        screen_file(tmp_path / "borta.docx")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_what_is_no_file_is_an_error_and_not_waited_for(tmp_path, make):
    make(tmp_path / "fil")
    with pytest.raises(IsADirectoryError):
        screen_file(tmp_path / "fil")


def test_the_name_given_counts_and_not_that_of_the_path(path):
    assert screen_file(path, name=f"{NUMBER}.docx").findings[0].where == "filnamnet"
    assert screen_file(path, name="fil.pdf").fault.startswith("Filens namn slutar på .pdf")


def test_a_name_with_any_character_is_screened(path):
    for name in ("fil\0.docx", "fil\udcff.docx", "fil\n.docx", "å" * 5000 + ".docx", "fil.DOCX"):
        assert screen_file(path, name=name).fault == ""


def test_what_was_found_counts_though_the_process_is_ended(path, monkeypatch):
    line = '{"findings": ["personnummer", "sida 1", "85••••-••••"]}'
    instead_of_the_child(monkeypatch, f"import time; print('{line}', flush=True); time.sleep(60)")
    monkeypatch.setattr(process, "SHORT", replace(limits.SHORT, wall=1))
    screening = screen_file(path)
    assert screening.verdict is Verdict.BLOCK
    assert screening.fault == "Filen tog för lång tid att läsa."


@pytest.mark.parametrize(
    ("signal", "fault"),
    [(24, "Filen tog för lång tid att läsa."), (11, "Filen är skadad och kunde inte läsas i sin helhet.")],
    ids=["out of processor time", "crash"],
)
def test_a_process_that_dies_leaves_the_file_unscreened(path, monkeypatch, signal, fault):
    instead_of_the_child(monkeypatch, f"import os; os.kill(os.getpid(), {signal})")
    screening = screen_file(path)
    assert (screening.verdict, screening.fault) == (Verdict.UNSCREENED, fault)


def test_a_reader_with_a_fault_of_its_own_leaves_the_file_unscreened_and_a_word_in_the_log(path, monkeypatch, caplog):
    code = (
        "import screening.files.office as office; office.read = lambda *_: 1 / 0;"
        "from screening.files.child import main; main()"
    )
    instead_of_the_child(monkeypatch, code)
    assert screen_file(path).verdict is Verdict.UNSCREENED
    assert "ZeroDivisionError" in caplog.text


def test_the_process_has_no_secret_of_the_site(path, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hemlig")
    code = (
        "import os, json;"
        "print(json.dumps({'fault': 'SECRET_KEY' in os.environ and 'ja' or 'nej', 'peak': 1, 'error': ''}))"
    )
    instead_of_the_child(monkeypatch, code)
    assert screen_file(path).fault == "nej"


LIMITED = {
    "memory": ("bytearray(200_000_000)", "MemoryError"),
    "files": ("[open('/dev/null') for _ in range(100)]", "OSError"),
    "writing": ("open('skrivet', 'w', buffering=1).write('x' * 10000)", "OSError"),
}


@pytest.mark.parametrize("limit", LIMITED)
def test_the_process_is_bounded(tmp_path, limit):
    work, error = LIMITED[limit]
    begin = "from screening.files.limits import SHORT, limit_process; limit_process(SHORT)"
    code = f"{begin}\ntry:\n {work}\nexcept {error}: print('stopped')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env={"PYTHONPATH": os.getcwd()}, capture_output=True, text=True
    )
    assert done.stdout == "stopped\n"


@pytest.mark.parametrize("time", [limits.SHORT, limits.LONG], ids=["short", "long"])
def test_there_is_time_to_say_why_before_the_process_is_ended(time):
    assert time.reading < time.processor < time.wall


def test_nobody_waits_ten_seconds_on_a_machine_that_is_free():
    assert limits.SHORT.processor < 10


def test_f20_a_process_may_wait_many_times_longer_than_it_works():
    """A second of the processor takes many of the clock when others are at work."""
    assert limits.LONG.wall >= 8 * limits.LONG.processor
    assert limits.LONG.wall < LEASE.total_seconds(), "another worker would take the file too"
    assert limits.SHORT.wall >= 3 * limits.SHORT.processor
    assert limits.SHORT.wall < 30, "the web server ends the request; what is left is for the worker"


def test_f20_a_process_that_gets_no_processor_is_waited_for(path, monkeypatch):
    work = "from screening.files.child import main; main()"
    instead_of_the_child(monkeypatch, f"import time; time.sleep(0.3); {work}")
    monkeypatch.setattr(process, "SHORT", replace(limits.SHORT, reading=0.1, processor=1))
    assert screen_file(path).fault == ""


SLOW = "Filen tog för lång tid att läsa."


def test_a_file_that_takes_too_long_says_how_far_it_was_read_and_what_is_hidden(path, monkeypatch):
    lines = """
{"note": "Arbetsboken har dolda blad: Underlag."}
{"place": "blad Data, cell B2000", "peak": 20}
{"place": "blad Data, cell B4000", "peak": 30}
"""
    instead_of_the_child(monkeypatch, f"import os; print({lines.strip()!r}, flush=True); os.kill(os.getpid(), 24)")
    screening = screen_file(path)
    assert screening.fault == (
        f"{SLOW} Den är läst till och med blad Data, cell B4000. Arbetsboken har dolda blad: Underlag."
    )
    assert is_out_of_time(screening)


def reads_for(monkeypatch, seconds: str) -> None:
    """Let the reader see the clock jump after its first thousand passages."""
    code = (
        "import screening.files.passages as passages; from screening.files.child import main;"
        "from itertools import count; ticks = count();"
        "passages.time.process_time = lambda: %s if next(ticks) > 1000 else 0; main()"
    )
    instead_of_the_child(monkeypatch, code % seconds)


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "stor.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for row in range(1, 2001):
        sheet.append([f"Rad {row}", f"Beslut {row}"])
    hidden = book.create_sheet("Underlag")
    hidden.sheet_state = "hidden"
    hidden.append([NUMBER])
    book.save(path)
    return path


def test_a_workbook_that_takes_too_long_is_read_by_one_who_has_time(workbook, monkeypatch):
    reads_for(monkeypatch, "20")
    late = screen_file(workbook)
    assert late.verdict is Verdict.UNSCREENED
    assert is_out_of_time(late)
    assert "läst till och med blad Data, cell" in late.fault
    assert "dolda blad: Underlag" in late.fault
    assert screen_file(workbook, has_time=True).findings[0].where == "blad Underlag, cell A1 (dolt blad)"


def test_what_was_read_to_its_end_is_not_out_of_time(workbook):
    assert not is_out_of_time(screen_file(workbook))
    assert screen_file(workbook).fault == ""


def test_the_process_has_neither_django_nor_a_database(path):
    code = "import sys, screening.files.child, screening.files.office; print('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"


def test_many_findings_are_told_as_far_as_anyone_reads(tmp_path):
    from tests.screening.numbers import personal_number

    path = tmp_path / "lista.csv"
    numbers = (personal_number(serial, f"85{month:02}09") for month in range(1, 13) for serial in range(100, 130))
    path.write_text("Namn;Nummer\n" + "".join(f"A;{number}\n" for number in numbers))
    first, second = screen_file(path), screen_file(path)
    assert len(first.findings) == 200
    assert first == second


@pytest.mark.parametrize(("number", "says"), [(199, False), (200, True)])
def test_so_many_numbers_at_one_place_that_some_are_left_out_is_said(tmp_path, number, says):
    path = tmp_path / "lista.docx"
    path.write_bytes(word.document(word.paragraph(" och ".join([NUMBER] * number))))
    outcome = screen_file(path)
    assert len(outcome.findings) < 10, "those that look the same are told once"
    assert ("alla inte kan visas" in outcome.fault) is says
