"""`make mutants`: how many small changes of the modules without a database the tests notice, by module.

mutmut makes the changes and runs the tests (see `[tool.mutmut]` in pyproject.toml). A module with many of them
is sampled, the same each time. `mutmut show NAME` shows a change that slipped through.
"""

import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from hashlib import sha256
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name

MOST = 60  # mutants tried of one module: a quarter of an hour in all
LEAST_SHARE = 0.8
NEEDS_DATABASE = "QuerySet"  # in the name of a class whose methods are not for these tests
LOG = Path("var/mutants.log")
NOTICED = ("killed", "timeout", "segfault")


def modules() -> list[Path]:
    with Path("pyproject.toml").open("rb") as file:
        return [Path(name) for name in tomllib.load(file)["tool"]["mutmut"]["only_mutate"]]


def mutants_of(module: Path) -> list[str]:
    """The names of all that mutmut would change in the module, one by one."""
    changed = mutate_file_contents(str(module), module.read_text(), None, None)
    names = [get_mutant_name(module, name) for name in changed.mutant_names]
    return [name for name in names if NEEDS_DATABASE not in name]


def sample(names: list[str]) -> list[str]:
    """At most `MOST` of the names, the same each time for the same code."""
    return sorted(names, key=lambda name: sha256(name.encode()).digest())[:MOST]


def outcomes(module: Path, names: list[str]) -> Counter[str]:
    """How many of the mutants ended in each way."""
    data = SourceFileMutationData(path=module)
    data.load()
    return Counter(status_by_exit_code[data.exit_code_by_key[name]] for name in names)


def main() -> int:
    """Print the share of each module and of all; 1 when one is below what is asked."""
    shutil.rmtree("mutants", ignore_errors=True)
    mutants = {module: mutants_of(module) for module in modules()}
    tried = {module: sample(names) for module, names in mutants.items()}
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w") as log:
        names = [name for sampled in tried.values() for name in sampled]
        subprocess.run([Path(sys.executable).parent / "mutmut", "run", *names], stdout=log, stderr=log, check=True)
    print(f"{'module':40} {'mutants':>8} {'tried':>6} {'noticed':>8}  share")
    shares, everything = [], Counter()
    for module, names in tried.items():
        counts = outcomes(module, names)
        everything += counts
        shares.append(tell(str(module), len(mutants[module]), counts))
    tell("all", sum(map(len, mutants.values())), everything)
    return int(min(shares) < LEAST_SHARE)


def tell(name: str, number: int, counts: Counter[str]) -> float:
    tried, noticed = counts.total(), sum(counts[status] for status in NOTICED)
    share = noticed / tried if tried else 0.0
    print(f"{name:40} {number:>8} {tried:>6} {noticed:>8} {share:6.0%}")
    return share


if __name__ == "__main__":
    sys.exit(main())
