import json
from pathlib import Path

import pytest
from django.conf import settings
from stdnum import iban, luhn
from stdnum.se import orgnr

from bench.corpora import carriers, clean, forms, numbers
from bench.corpora.figures import measure
from bench.corpora.samples import Set, cleans, positives
from bench.figures import main
from screening.findings import Verdict
from screening.text import screen_text
from screening.text.numbers import checked

SEEDS = sorted((Path(settings.BASE_DIR).parent / "shared" / "seeds").glob("*.txt"))


@pytest.fixture(scope="module")
def figures():
    return measure(Set.TEST, seed=7, numbers=2_500, clean=1_500)


def test_ninety_nine_numbers_of_a_hundred_are_found_in_texts_that_the_rules_were_not_tuned_on(figures):
    assert figures.found.total >= 2_000
    assert len(figures.forms) >= 12
    assert len(figures.carriers) >= 20
    assert figures.found.share >= 0.99, figures.missed


def test_as_many_are_found_when_a_hundred_stand_in_one_text(figures):
    assert figures.found_together.total == figures.found.total
    assert figures.found_together.share >= 0.99


def test_many_texts_are_no_more_than_a_cell_an_item_of_a_list_or_a_heading():
    bare = [carrier for carrier in carriers.TEST if sum(map(str.isalpha, carrier)) < 4]
    assert len(bare) >= 5


def test_at_most_one_clean_text_of_a_hundred_is_flagged(figures):
    assert figures.flagged.total >= 1_000
    assert figures.flagged.share <= 0.01, figures.wrongly


def test_f7_f8_f10_the_texts_of_somebody_who_had_not_read_the_rules_are_told_apart():
    figures = measure(Set.WRITTEN, seed=1)
    assert (figures.found.total, figures.stopped.total) == (1_025, 2_400)
    assert figures.found.share >= 0.99, figures.missed
    assert figures.stopped.share <= 0.003, figures.wrongly
    assert figures.is_met


def test_each_way_of_writing_is_found_nearly_always(figures):
    assert {name: count.share for name, count in figures.forms.items() if count.share < 0.95} == {}


def test_the_two_sets_share_no_sentence():
    assert set(carriers.TUNING).isdisjoint(carriers.TEST)
    assert set(clean.TUNING).isdisjoint(clean.TEST)
    assert len(set(forms.TEST) - set(forms.TUNING)) >= 12


def test_the_same_seed_makes_the_same_texts_and_another_makes_others():
    def texts(seed):
        return [
            sample.text for sample in (*positives(Set.TEST, seed=seed, many=50), *cleans(Set.TEST, seed=seed, many=50))
        ]

    assert texts(3) == texts(3)
    assert texts(3) != texts(4)


def test_numbers_have_the_checksums_of_their_kind():
    from random import Random

    rng = Random(5)
    for _ in range(200):
        assert checked(numbers.personal(rng))
        assert checked(numbers.personal(rng, coordination=True))
        assert luhn.is_valid(numbers.bankgiro(rng).replace("-", ""))
        assert luhn.is_valid(numbers.plusgiro(rng).replace("-", "").replace(" ", ""))
        assert luhn.is_valid(numbers.ocr(rng))
        assert orgnr.is_valid(numbers.public_body(rng))
        account = numbers.account(rng)
        assert not account.startswith("SE") or iban.is_valid(account, check_country=False)


@pytest.mark.skipif(not SEEDS, reason="The source documents are not part of the project.")
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_the_source_documents_block_nowhere(path):
    assert screen_text(path.read_text(encoding="utf-8")).verdict is not Verdict.BLOCK


def test_the_command_tells_the_figures(tmp_path, capsys):
    (tmp_path / "ett.txt").write_text("Ring 070-174 06 05.", encoding="utf-8")
    assert main(["--json", "--documents", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["met"] is True
    assert told["sets"]["test"]["recall"]["total"] >= 2_000
    assert told["documents"]["ett.txt"]["verdict"] == "clean"


def test_the_command_ends_with_one_when_a_document_blocks(tmp_path, capsys):
    written = next(positives(Set.TEST, seed=1, many=1)).text
    (tmp_path / "ett.txt").write_text(written, encoding="utf-8")
    assert main(["--documents", str(tmp_path)]) == 1
    assert "Målen nås inte." in capsys.readouterr().out
