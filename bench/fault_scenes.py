"""The scenes of `make faults`: each plays faults with real processes, and yields what was measured, line by line."""

import random
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from itertools import pairwise

from django.db import connection

from bench import restores
from bench.fault_stage import Peer, Proxy, Stage, Taken, database_away, kill, stage, wait_until
from outbox import clock
from outbox.connection_slots import SLOTS
from outbox.enums import MailStatus
from outbox.models import OutgoingMail

RECEIVERS = 311
KILLS = 20
AWAY = 12.0  # seconds that the database is away
STEP = 0.02  # seconds that an ordinary peer takes for each step
FASTER = 2.5  # times as fast as one connection three must be
SOON = 8.0  # seconds after which delivery goes on when the server is back
STEPS = ("connect", "ehlo", "mail", "rcpt", "data", "dot")
SHORT = dict.fromkeys(
    ("connect", "greeting", "hello", "log_in", "mail", "rcpt", "data", "block", "text", "after_dot", "reset"), 0.7
)

# What was measured, and whether it is what must be.
Finding = tuple[str, bool]


def kills() -> Iterator[tuple[str, Finding]]:
    """A worker that is killed again and again, in the middle of whatever it does."""
    chance = random.Random(311)
    with stage() as scene:
        scene.queue(RECEIVERS)
        peer = scene.peer(step_seconds=STEP)
        each = []
        for number in range(1, KILLS + 1):
            before = peer.ask()
            worker = scene.worker(peer)
            peer.wait_for(number * RECEIVERS // (KILLS + 2))
            time.sleep(chance.random() * 0.1)
            kill(worker)
            time.sleep(2 * STEP)  # what the server had been given
            each.append(peer.ask().twice - before.twice)
        scene.worker(peer, "--once").wait()
        end = peer.ask()
        each.append(end.twice - sum(each))
        got = len(set(end.recipients))
        told = f"{got}/{RECEIVERS} got it, {end.twice} twice"
        told += f" (at most {max(each)} a kill), {'same' if end.has_one_id_each else 'ANOTHER'} Message-ID"
        right = got == RECEIVERS and end.twice <= KILLS and max(each) <= 1 and end.has_one_id_each
        yield f"{KILLS} x kill -9", (told, right)


def two_workers() -> Iterator[tuple[str, Finding]]:
    """Two processes at once, with three connections in all."""
    with stage() as scene:
        scene.queue(RECEIVERS)
        peer = scene.peer(step_seconds=STEP)
        for worker in [scene.worker(peer, "--once") for _ in range(2)]:
            worker.wait()
        yield "two workers at once", once(peer.ask(), RECEIVERS)


def wrong_clocks() -> Iterator[tuple[str, Finding]]:
    """A second worker whose machine's clock is wrong, also by more than a lease."""
    for minutes in (10, -10, 60):
        with stage() as scene:
            scene.queue(24)
            peer = scene.peer(step_seconds=STEP, rules={"dot": "slow 0.2"})
            workers = [scene.worker(peer, connections=1), scene.worker(peer, connections=2, clock=minutes)]
            both = wait_until(lambda peer=peer: peer.ask().most_open == 3)
            peer.wait_for(24)
            end_all(*workers)
            told, right = once(peer.ask(), 24)
            direction = "ahead" if minutes > 0 else "behind"
            yield f"a second clock {abs(minutes)} minutes {direction}", (told, right and both)


def slow_after_the_dot() -> Iterator[tuple[str, Finding]]:
    """A server that takes longer after the dot than any other step may take."""
    with stage() as scene:
        scene.queue(9)
        peer = scene.peer(rules={"dot": "slow 3"})
        worker = scene.worker(peer, timeout=1)
        peer.wait_for(9)
        wait_until(lambda: OutgoingMail.objects.filter(status=MailStatus.SENT).count() == 9)
        end = peer.ask()
        end_all(worker)
        seconds = end.times[-1] - end.times[0]
        told, right = once(end, 9)
        # One after the other would take 24 seconds.
        yield "slow after the dot (3 s, others 1 s)", (f"{told}, in {seconds:.0f} s", right and seconds < 20)


def told_421() -> Iterator[tuple[str, Finding]]:
    """A server that says 421 at one step for a while."""
    with stage() as scene:
        peer = scene.peer()
        worker = scene.worker(peer)
        for step in STEPS:
            before = len(peer.ask(rules={step: "421 4.3.2 Not now"}, hang_up=True).connections)
            mails = scene.queue(10)
            wait_until(lambda before=before: len(peer.ask().connections) > before)
            time.sleep(3)
            attempts = len(peer.ask(rules={}).connections) - before
            back = time.monotonic()
            end = peer.wait_for(scene.queued)
            wait_until(lambda mails=mails: scene.statuses(mails)[MailStatus.SENT] == 10)
            seconds, tries = end.times[-10] - back, scene.most_tries(mails)
            told, right = once(end, scene.queued)
            told += f", {tries} try each, {attempts} attempts in 3 s, goes on after {seconds:.1f} s"
            yield f"421 at {step}", (told, right and tries == 1 and attempts <= 6 and seconds <= SOON)
        end_all(worker)


def hangs() -> Iterator[tuple[str, Finding]]:
    """A server that says nothing more at one step, or cuts the connection there."""
    for behaviour, steps in (("hang", STEPS), ("drop", ("rcpt", "data", "dot"))):
        with stage() as scene:
            peer = scene.peer()
            worker = scene.worker(peer, timeouts=SHORT)
            for step in steps:
                name = f"{'hangs' if behaviour == 'hang' else 'cuts the connection'} at {step}"
                yield name, _while_it(behaviour, step, scene, peer)
            end_all(worker)


def _while_it(behaviour: str, step: str, scene: Stage, peer: Peer) -> Finding:
    """Let the server misbehave at the step for some seconds; whoever did not get the mail is known."""
    before = peer.ask(rules={step: behaviour}, hang_up=True)
    mails = scene.queue(4)
    wait_until(lambda: len(peer.ask().connections) > len(before.connections))
    time.sleep(2.5)
    peer.ask(rules={})

    def are_done() -> bool:
        mine = OutgoingMail.objects.filter(recipient__in=mails)
        mine.filter(status=MailStatus.RETRY).update(due_at=clock.now())  # instead of in a minute
        return not mine.pending().exists()

    wait_until(are_done)
    end, statuses = peer.ask(), scene.statuses(mails)
    got, uncertain = len(end.ids) - len(before.ids), statuses[MailStatus.UNCERTAIN]
    right = got == statuses[MailStatus.SENT] == 4 - uncertain and end.twice == 0 and bool(uncertain) == (step == "dot")
    return f"{got}/4 got it, {uncertain} uncertain, {end.twice} twice", right


def drops_before_250() -> Iterator[tuple[str, Finding]]:
    """A server that takes the mail and cuts the connection before it says so."""
    with stage() as scene:
        mails = scene.queue(5)
        peer = scene.peer(rules={"dot": "take"})
        worker = scene.worker(peer)
        peer.wait_for(5)
        wait_until(lambda: not OutgoingMail.objects.pending().exists())
        peer.ask(rules={})
        time.sleep(3)
        end, statuses = peer.ask(), scene.statuses(mails)
        end_all(worker)
        told = f"{statuses[MailStatus.UNCERTAIN]}/5 uncertain, {end.twice} twice"
        yield "takes it and drops before 250", (told, statuses[MailStatus.UNCERTAIN] == 5 and end.twice == 0)


def told_to_end() -> Iterator[tuple[str, Finding]]:
    """SIGTERM while the server is silent after the dot."""
    with stage() as scene:
        mails = scene.queue(1)
        peer = scene.peer(rules={"dot": "slow 60"})
        worker = scene.worker(peer)
        peer.wait_for(1)
        start = time.monotonic()
        worker.send_signal(signal.SIGTERM)
        worker.wait()
        seconds = time.monotonic() - start
        uncertain = scene.statuses(mails)[MailStatus.UNCERTAIN]
        told = f"ended in {seconds:.0f} s, {uncertain}/1 uncertain"
        yield "SIGTERM while it is silent after the dot", (told, seconds < 10 and uncertain == 1)


def away_and_back() -> Iterator[tuple[str, Finding]]:
    """A server that is away for a while, and how soon delivery goes on."""
    with stage() as scene:
        mails = scene.queue(10)
        peer = scene.peer(rules={"connect": "drop"})
        worker = scene.worker(peer)
        wait_until(lambda: bool(peer.ask().connections))
        time.sleep(20)
        attempts = len(peer.ask(rules={}).connections)
        back = time.monotonic()
        peer.wait_for(1)
        seconds = peer.ask().times[0] - back
        end = peer.wait_for(10)
        wait_until(lambda: scene.statuses(mails)[MailStatus.SENT] == 10)
        end_all(worker)
        told, right = once(end, 10)
        told = f"{told}, {attempts} attempts in 20 s, goes on after {seconds:.1f} s"
        yield "the mail server away for 20 s", (told, right and attempts <= 8 and seconds <= SOON)


def away_database() -> Iterator[tuple[str, Finding]]:
    """A database that is away in the middle of it."""
    with stage() as scene:
        number = 120
        mails = scene.queue(number)
        peer = scene.peer(step_seconds=STEP)
        proxy = Proxy() if connection.vendor == "postgresql" else None
        worker = scene.worker(peer, port=proxy.port if proxy else 0)
        peer.wait_for(30)
        with database_away(proxy, AWAY):
            pass
        back = time.monotonic()
        end = peer.wait_for(number)
        wait_until(lambda: scene.statuses(mails)[MailStatus.SENT] == number)
        end = peer.ask()
        end_all(worker)
        told, right = once(end, number)
        gap = max(later - earlier for earlier, later in pairwise(end.times))
        goes_on = min((moment for moment in end.times if moment > back), default=back) - back
        told = f"{told}, stood still for {gap:.0f} s, goes on after {goes_on:.1f} s"
        yield f"the database away for {AWAY:.0f} s", (told, right and goes_on < SOON)


def rates() -> Iterator[tuple[str, Finding]]:
    """One worker with three connections beside one with one, at a peer that takes its time."""
    rate = {1: 0.0, 3: 0.0}
    # The better of two, in turn, since the machine may be busy with something else.
    for connections in (1, 3, 1, 3):
        with stage() as scene:
            scene.queue(120)
            peer = scene.peer(step_seconds=STEP)
            scene.worker(peer, "--once", connections=connections).wait()
            times = peer.ask().times
            rate[connections] = max(rate[connections], (len(times) - 1) / (times[-1] - times[0]))
    ratio = rate[3] / rate[1]
    told = f"{rate[1]:.1f} and {rate[3]:.1f} mails a second: {ratio:.2f} times"
    yield f"one and three connections, {STEP * 1000:.0f} ms a step", (told, ratio >= FASTER)


def restored() -> Iterator[tuple[str, Finding]]:
    """Databases that are put back in time, on this machine and on others."""
    for name in restores.ROWS:
        outcome = restores.play(name)
        held = "held" if outcome.reasons else "not held"
        yield f"restored: {name}", (f"{outcome.twice} twice, {held}", outcome.is_right)


SCENES: tuple[Callable[[], Iterator[tuple[str, Finding]]], ...] = (
    kills,
    two_workers,
    wrong_clocks,
    slow_after_the_dot,
    told_421,
    hangs,
    drops_before_250,
    told_to_end,
    away_and_back,
    away_database,
    rates,
    restored,
)


def once(end: Taken, number: int) -> Finding:
    """Whether everybody got the mail once, as the database says too, over three connections at most."""
    got = len(set(end.recipients))
    wait_until(lambda: OutgoingMail.objects.filter(status=MailStatus.SENT).count() == number, seconds=10)
    sent = OutgoingMail.objects.filter(status=MailStatus.SENT).count()
    right = got == sent == number and end.twice == 0 and end.most_open <= SLOTS
    return f"{got}/{number} got it, {end.twice} twice", right


def end_all(*workers: subprocess.Popen[bytes]) -> None:
    """Ask the workers to end, as an operator does."""
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
    for worker in workers:
        worker.wait()
