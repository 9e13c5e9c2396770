"""Databases that are really copied and put back: nobody gets a mail twice, and the queue says why it is held."""

import pytest

from bench.restores import HELD, ROWS, play

pytestmark = pytest.mark.django_db(transaction=True)

# Where the name of the database decides, which only PostgreSQL has; a copy takes a second there.
BY_NAME = {"two machines, the other one sent last", "restored with nothing waiting, then new mails"}
TABLE = [pytest.param(name, marks=[pytest.mark.databases] if name in BY_NAME else [], id=name) for name in ROWS]


@pytest.mark.parametrize("name", TABLE)
def test_o4_nothing_goes_twice_whatever_is_restored(name):
    outcome = play(name)

    assert outcome.twice == 0
    assert bool(outcome.reasons) == (ROWS[name][1] is HELD), outcome.reasons
