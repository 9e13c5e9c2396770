"""The jobs that run by the clock, one worker or several."""

import os
import subprocess
import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lumen import jobs, models
from lumen.jobs import Job, JobRun, run_due
from outbox.leases import new_holder, this_machine

pytestmark = pytest.mark.databases

PATIENCE = 30  # seconds before a thread is given up
MINUTE = timedelta(minutes=1)


class Counting:
    """A job's function that counts how often it is called."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.calls, self.fault = 0, fault

    def __call__(self) -> None:
        self.calls += 1
        if self.fault:
            raise self.fault


def at_once(number: int, call):
    """Make the call from several threads, all starting together; returns the results."""
    start = threading.Barrier(number, timeout=PATIENCE)
    results = []

    def run() -> None:
        try:
            start.wait()
            results.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(results) == number
    return results


@pytest.fixture
def clock(monkeypatch):
    """A clock that tests move forward."""

    class Clock:
        now = timezone.now()

        def forward(self, by: timedelta) -> None:
            self.now += by

    clock = Clock()
    monkeypatch.setattr(jobs.clock, "now", lambda: clock.now)
    return clock


def test_the_table_says_what_runs_and_how_often():
    assert {job.name: job.interval for job in jobs.JOBS} == {
        "publish_scheduled_pages": MINUTE,
        "invite_newcomers": timedelta(seconds=30),
        "remind_silent": timedelta(minutes=10),
        "tell_successors": timedelta(seconds=30),
        "finish_purges": MINUTE,
        "forget_expired_imports": MINUTE,
        "forget_old_tallies": timedelta(hours=1),
        "queue_unscreened_files": 5 * MINUTE,
        "end_sessions_of_former_holders": timedelta(hours=1),
        "ask_the_silent": timedelta(hours=6),
        "index_missing_pages": MINUTE,
        "index_public_views": MINUTE,
        "apply_retention": timedelta(days=1),
    }


@pytest.mark.django_db
class TestOneWorker:
    def test_a_job_runs_at_once_and_then_once_an_interval(self, clock):
        count = Counting()
        table = [Job("count", MINUTE, count)]
        assert run_due(holder="a", jobs=table) == ["count"]
        clock.forward(MINUTE - timedelta(microseconds=1))
        assert run_due(holder="a", jobs=table) == []
        clock.forward(timedelta(microseconds=1))
        assert run_due(holder="a", jobs=table) == ["count"]
        assert count.calls == 2

    def test_the_interval_of_each_job_is_its_own(self, clock):
        table = [Job("often", MINUTE, Counting()), Job("seldom", 3 * MINUTE, Counting())]
        ran = []
        for _ in range(4):
            ran.append(run_due(holder="a", jobs=table))
            clock.forward(MINUTE)
        assert ran == [["often", "seldom"], ["often"], ["often"], ["often", "seldom"]]

    def test_the_row_tells_when_and_how_it_went(self, clock):
        fault = ValueError("19121212-1212")
        run_due(holder="a", jobs=[Job("well", MINUTE, Counting()), Job("ill", MINUTE, Counting(fault))])
        rows = {row.name: row for row in JobRun.objects.all()}
        assert {name: row.fault for name, row in rows.items()} == {"well": "", "ill": "ValueError"}
        assert all((row.holder, row.started_at, row.finished_at) == ("", clock.now, clock.now) for row in rows.values())

    def test_a_job_that_fails_keeps_no_other_from_running_and_is_tried_again(self, clock, caplog):
        ill, well = Counting(RuntimeError("oväntat")), Counting()
        table = [Job("ill", MINUTE, ill), Job("well", MINUTE, well)]
        run_due(holder="a", jobs=table)
        clock.forward(MINUTE)
        run_due(holder="a", jobs=table)
        assert (ill.calls, well.calls) == (2, 2)
        assert "job failed" in caplog.text

    def test_a_fault_is_forgotten_when_the_job_goes_well(self, clock):
        count = Counting(RuntimeError())
        table = [Job("count", MINUTE, count)]
        run_due(holder="a", jobs=table)
        count.fault = None
        clock.forward(MINUTE)
        run_due(holder="a", jobs=table)
        assert JobRun.objects.get().fault == ""

    def test_no_more_jobs_begin_once_it_is_told_to_end(self):
        stop = threading.Event()
        second = Counting()
        table = [Job("first", MINUTE, stop.set), Job("second", MINUTE, second)]
        assert run_due(holder="a", jobs=table, stop=stop) == ["first"]
        assert second.calls == 0


@pytest.mark.django_db
class TestALeftJob:
    """A worker began it and never came back."""

    def left(self, holder: str, at) -> list[Job]:
        JobRun.objects.create(name="count", holder=holder, started_at=at)
        return [Job("count", MINUTE, Counting())]

    def test_nobody_takes_it_while_the_lease_lasts(self, clock):
        table = self.left("elsewhere/1/a", clock.now)
        clock.forward(models.LEASE - timedelta(microseconds=1))
        assert run_due(holder="b", jobs=table) == []
        clock.forward(timedelta(microseconds=1))
        assert run_due(holder="b", jobs=table) == ["count"]

    def test_that_of_a_dead_process_on_this_machine_is_taken_when_it_is_due(self, clock):
        process = subprocess.Popen(["true"])
        process.wait()
        table = self.left(f"{this_machine()}/{process.pid}/a", clock.now)
        assert run_due(holder="b", jobs=table) == []
        clock.forward(MINUTE)
        assert run_due(holder="b", jobs=table) == ["count"]

    def test_that_of_a_living_process_is_not(self, clock):
        table = self.left(f"{this_machine()}/{os.getpid()}/a", clock.now)
        clock.forward(MINUTE)
        assert run_due(holder=new_holder(), jobs=table) == []

    def test_whoever_comes_back_late_does_not_end_the_run_of_another(self, clock):
        JobRun.objects.create(name="count", holder="b", started_at=clock.now)
        jobs.run(Job("count", MINUTE, Counting()), holder="a")
        row = JobRun.objects.get()
        assert (row.holder, row.finished_at) == ("b", None)


@pytest.mark.django_db(transaction=True)
class TestSeveralWorkers:
    def test_a_job_runs_once_however_many_look_at_the_same_moment(self):
        count = Counting()
        table = [Job("count", MINUTE, count)]
        ran = at_once(4, lambda: run_due(holder=new_holder(), jobs=table))
        assert sorted(ran) == [[], [], [], ["count"]]
        assert count.calls == 1

    def test_both_see_that_it_is_due_and_the_write_decides(self, monkeypatch):
        """Without the condition in the statement that writes, each of them would run it."""
        both_have_seen = threading.Barrier(2, timeout=PATIENCE)
        exists = models.JobRunQuerySet.exists

        def exists_and_wait(rows):
            found = exists(rows)
            both_have_seen.wait()
            return found

        count = Counting()
        monkeypatch.setattr(models.JobRunQuerySet, "exists", exists_and_wait)
        job = Job("count", MINUTE, count)
        JobRun.objects.create(name=job.name)
        assert sorted(at_once(2, lambda: jobs.claim(job, holder=new_holder()))) == [False, True]

    def test_the_loop_goes_on_after_a_fault_and_ends_when_told(self, monkeypatch):
        stop, calls = threading.Event(), []

        def look(**options):
            calls.append(options["holder"])
            if len(calls) == 3:
                stop.set()
            if len(calls) == 1:
                raise RuntimeError("databasen är borta")

        monkeypatch.setattr(jobs, "run_due", look)
        monkeypatch.setattr(jobs, "POLL", 0)
        jobs.run_until(stop)
        assert len(calls) == 3
        assert len(set(calls)) == 1


@pytest.mark.django_db
def test_scheduled_pages_are_published_by_wagtails_command(monkeypatch):
    called = []
    monkeypatch.setattr(jobs, "call_command", lambda name, **options: called.append((name, options)))
    jobs.publish_scheduled_pages()
    assert called == [("publish_scheduled", {"verbosity": 0})]
