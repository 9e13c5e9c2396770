"""Databases that are really copied and put back: nobody gets a mail twice, and the queue says why it is held."""

import pytest

from bench.restores import HELD, ROWS, play

pytestmark = [pytest.mark.databases, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("name", ROWS)
def test_o4_nothing_goes_twice_whatever_is_restored(name):
    outcome = play(name)

    assert outcome.twice == 0
    assert bool(outcome.reasons) == (ROWS[name][1] is HELD), outcome.reasons
