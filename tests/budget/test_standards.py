"""Unit costs beside their standards, and accounts that take the place of others."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pulih.budget.rules.standards import Costed, over_standard
from pulih.classifications import accounts
from pulih.classifications.remapping import every, remappings
from pulih.classifications.standards import Nature, standards
from pulih.places import Level, resolve
from pulih.revisions.rules.drafts import KnownLine
from pulih.revisions.rules.remapping import choices, remapped

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
JUNE = date(2020, 6, 15)
JABAR = resolve("Jawa Barat", on=JUNE, level=Level.PROVINCE).key


def costed(text, cost, account="522151"):
    return Costed(f"3038.001.051.A.{account}", text, cost, JABAR)


def test_a_speaker_above_the_ceiling_is_a_finding_and_at_it_is_not():
    assert over_standard([costed("Narasumber bimtek", 900_000)], JUNE) == []
    (found,) = over_standard([costed("Narasumber bimtek", 950_000)], JUNE)
    assert found.is_finding
    assert found.over == 50_000
    assert "Rp50.000" in found.message.id


def test_the_level_named_decides_and_an_estimate_is_only_noted():
    assert over_standard([costed("Narasumber eselon II", 1_000_000)], JUNE) == []
    (noted,) = over_standard([costed("Instruktur menjahit", 1_000_000)], JUNE)
    assert not noted.is_finding
    assert noted.standard.nature == Nature.ESTIMATE


def test_daily_allowances_are_those_of_the_province():
    assert over_standard([costed("Uang harian peserta", 430_000, "524111")], JUNE) == []
    (found,) = over_standard([costed("Uang harian peserta", 430_001, "524111")], JUNE)
    assert found.standard.province == JABAR


def test_what_has_no_standard_is_passed_by():
    assert over_standard([costed("Kain katun", 99_000_000, "521211")], JUNE) == []
    assert over_standard([costed("Narasumber", None)], JUNE) == []
    assert over_standard([costed("Narasumber", 9_000_000)], date(2024, 1, 1)) == []


def test_standards_of_a_province_are_its_own_and_the_countrys():
    assert {one.province for one in standards(JUNE, JABAR)} == {None, JABAR}


def test_every_remapping_leads_from_a_listed_account_to_one_of_the_pandemic():
    for one in every():
        assert accounts.LIST.find(one.from_account), one
        assert accounts.is_covid(one.to_account, one.valid_from), one
    assert remappings("521211", date(2020, 3, 31)) == []
    assert {one.to_account for one in remappings("521211", JUNE)} == {"521131", "521241"}


@patient
@given(st.lists(st.tuples(st.integers(0, 999), st.integers(0, 999)), max_size=6))
def test_remapping_moves_what_is_free_and_nothing_in_sum(drawn):
    lines = [
        KnownLine(n, 1, f"3038.001.05{n}.A.521811", "521811", held + free, held, False)
        for n, (held, free) in enumerate(drawn)
    ]
    found = choices(lines, JUNE)
    movements = remapped([(one, "521841") for one in found], {})
    assert sum(one.rupiah for one in movements) == 0
    for line in lines:
        taken = [one.rupiah for one in movements if one.line_id == line.line_id]
        assert taken == ([line.held - line.ceiling] if line.ceiling > line.held else [])


def test_a_line_of_the_new_account_that_is_there_is_raised_and_protected_ones_stay():
    line = KnownLine(1, 1, "3038.001.051.A.521811", "521811", 100, 40, False)
    there = KnownLine(2, 1, "3038.001.051.A.521841", "521841", 7, 0, False)
    kept = KnownLine(3, 1, "3038.001.052.A.521811", "521811", 100, 40, True)
    (choice,) = choices([line, there, kept], JUNE)
    movements = remapped([(choice, "521841")], {(there.line_key, there.funding): there})
    assert [(m.line_id, m.ceiling_before, m.rupiah) for m in movements] == [
        (1, 100, -60),
        (2, 7, 60),
    ]
