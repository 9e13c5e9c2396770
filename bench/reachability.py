"""Three simulated years of a register that keeps itself true: `python -m bench.reachability [SEED …]`.

The clock is moved a day at a time, and everything goes through the real actions and jobs. What people do is drawn:
each year 20 % of the contact persons leave, half of them without a word, and 8 % of the addresses die, half without a
bounce. Of the living 50 % answer a question within a week, 20 % later and 30 % never; 60 % of the functional mailboxes
answer within 30 days. Six meetings a year, at each of which a living contact person acts with probability one half. An
editor looks at the list once a week, and appoints somebody where it says that nobody answers.
"""

import os
import sys
from typing import TYPE_CHECKING

os.environ.setdefault("LUMEN_ENV", "test")
os.environ.setdefault("LOG_LEVEL", "ERROR")

import django
import time_machine

from lumen.settings import select_environment

if TYPE_CHECKING:
    from bench.register_world import Outcome

SEEDS = (1, 2, 3, 4, 5)


def simulate(seed: int) -> "Outcome":
    """Run one register, and take back what it wrote."""
    # They need the models, so not before setup.
    from bench.register_world import START, World
    from bench.scratch import load_organisations, rolled_back
    from contacts.models import Organisation, Person

    with time_machine.travel(START, tick=False) as traveller, rolled_back():
        load_organisations()
        Person.objects.create_superuser("editor@lumen.example", "Redaktör")
        for organisation in Organisation.objects.covered():
            domain = organisation.domains[0] if organisation.domains else "ort.example"
            Organisation.objects.filter(pk=organisation.pk).update(mailbox=f"registrator@{domain}")
        return World(seed, traveller).run()


def measure(seeds: tuple[int, ...] = SEEDS) -> None:
    """Print each seed, and the worst."""
    print("\nThree years of a register that keeps itself true")
    print(
        "seed | proved, lowest month (≥ 95 %) | acts a year per 100 (≤ 10) | mended alone (≥ 60 %) | most asked (≤ 4)"
    )
    outcomes = []
    for seed in seeds:
        one = simulate(seed)
        outcomes.append(one)
        print(_line(str(seed), one.lowest_month, one.acts_a_year, one.mended_alone, one.most_asked), flush=True)
    worst = (
        min(one.lowest_month for one in outcomes),
        max(one.acts_a_year for one in outcomes),
        min(one.mended_alone for one in outcomes),
        max(one.most_asked for one in outcomes),
    )
    print(_line("worst", *worst))


def _line(name: str, lowest: float, acts: float, mended: float, most: int) -> str:
    return f"{name:>5} | {lowest:.1%} | {acts:.1f} | {mended:.0%} | {most}"


def main() -> int:
    select_environment()
    django.setup()
    from bench.scratch import database

    with database():
        measure(tuple(map(int, sys.argv[1:])) or SEEDS)
    return 0


if __name__ == "__main__":
    sys.exit(main())
