"""Numbers of persons as they are stored: what the cipher promises, and what the database holds."""

import pgtrigger
import pytest
from django.db import IntegrityError, connection
from hypothesis import given
from hypothesis import strategies as st

from pulih.common.errors import Refusal
from pulih.inbox.models import SourceRecord
from pulih.people import number_check
from pulih.people import number_cipher as cipher
from pulih.people.number_fields import holders
from pulih.people.number_store import encrypt_plain, renew
from pulih.registry.models import Enterprise
from tests.make import inbox as make
from tests.make import registry as make_registry
from tests.once import made_once

figures = st.text("0123456789", min_size=1, max_size=20)
words = st.text(st.characters(exclude_categories=["Cs", "Nd"]), max_size=8)
OLD, NEW = "an older key", "a newer key"


def stored_in(holder) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {holder.column}::text FROM {holder.table}"
            f" WHERE {holder.column}::text LIKE '%%~n1:%%'"
        )
        return [text for (text,) in cursor.fetchall()]


@given(figures)
def test_a_number_comes_back_and_is_not_seen(number):
    stored = cipher.encrypt(number)
    assert cipher.decrypt(stored) == number
    assert cipher.encrypt(stored) == stored == cipher.encrypt(number)
    assert len(number) < 6 or number not in stored
    assert cipher.is_encrypted(stored)
    assert len(stored) <= cipher.STORED_LENGTH


@given(figures, figures)
def test_two_numbers_have_one_hash_exactly_when_they_are_one(one, other):
    assert (cipher.search_hash(one) == cipher.search_hash(cipher.encrypt(other))) == (one == other)


@given(words, st.text("0123456789", min_size=15, max_size=16), words)
def test_a_text_with_a_number_comes_back_and_keeps_its_words(before, number, after):
    text = f"{before}{number}{after}"
    stored = cipher.encrypt_within(text)
    assert number not in stored
    assert stored.startswith(before)
    assert stored.endswith(after)
    assert cipher.decrypt_within(stored) == text
    assert cipher.encrypt_within(stored) == stored


@given(figures)
def test_after_a_rotation_the_hash_is_the_same_and_both_open(number):
    old, both = cipher.keys_of((OLD,), "h"), cipher.keys_of((NEW, OLD), "h")
    before, after = cipher.encrypt(number, old), cipher.encrypt(number, both)
    assert before != after
    assert cipher.search_hash(before) == cipher.search_hash(after)
    assert cipher.opens(before, both)
    assert cipher.opens(after, both)
    assert not cipher.opens(after, old)


def test_a_wrong_key_is_one_clear_sentence_and_pages_show_dots(settings):
    stored = cipher.encrypt(make.nik(1))
    settings.NUMBER_KEYS = [NEW]
    with pytest.raises(Refusal, match=r"which is not on this machine\. Put number_keys\.toml back"):
        cipher.decrypt(stored)
    assert str(cipher.EncryptedNumber(stored)) == cipher.UNREADABLE
    assert cipher.decrypt_within(f"lama {stored}") == f"lama {cipher.UNREADABLE}"


def test_another_hash_key_is_found_out():
    stored = cipher.encrypt(make.nik(1), cipher.keys_of((OLD,), "one"))
    assert not cipher.opens(stored, cipher.keys_of((OLD,), "another"))


def test_a_cipher_is_bound_to_its_hash():
    one, other = (cipher.encrypt(make.nik(number)).split(":") for number in (1, 2))
    mixed = ":".join([one[0], other[1], *one[2:]])
    with pytest.raises(Refusal, match="damaged"):
        cipher.decrypt(mixed)


def test_without_keys_nothing_is_stored(settings):
    settings.NUMBER_KEYS = []
    with pytest.raises(Refusal, match="There are no keys"):
        cipher.encrypt(make.nik(1))


def test_the_file_of_keys_is_read_again_when_it_has_changed(settings, tmp_path):
    file = tmp_path / "number_keys.toml"
    file.write_text(f'keys = "{NEW.replace(" ", "_")}"\nhash_key = "h"\n')
    settings.NUMBER_KEYS_FILE = file
    assert cipher.keys().newest == cipher.key_id("a_newer_key")


@made_once
def firm(db):
    make.read(make.firm(nik=make.nik(1)), **make_registry.indramayu())
    return Enterprise.objects.get()


def test_a_plain_number_is_refused_by_the_column(firm):
    with pytest.raises(IntegrityError, match="registry_nik_is_encrypted"), connection.cursor() as c:
        c.execute("UPDATE registry_enterprise SET nik = '3212014101800001'")


def test_a_number_is_asked_for_whole_alone_or_among_others(firm):
    asked = Enterprise.objects.filter
    assert asked(nik=make.nik(1)).get() == asked(nik__in=[make.nik(1), make.nik(2)]).get() == firm
    assert not asked(nik=make.nik(2)).exists()
    assert not asked(nik=None).exists()
    assert asked(nik_hash=cipher.search_hash(firm.nik)).get() == firm


def test_after_a_rotation_a_list_still_finds_its_firm(firm, settings):
    rotate(settings)
    make.read(make.firm(nik=make.nik(1)), make.firm(nik=make.nik(2)), **make_registry.indramayu())
    assert Enterprise.objects.count() == 2
    assert firm.sources.count() == 2


def rotate(settings) -> None:
    settings.NUMBER_KEYS = [NEW, *settings.NUMBER_KEYS]


def test_a_rotation_that_is_stopped_goes_on_and_meanwhile_all_is_read(db, settings):
    make.read(*(make.firm(nik=make.nik(n)) for n in range(1, 8)), **make_registry.indramayu())
    numbers = set(Enterprise.objects.values_list("nik", flat=True))
    rotate(settings)
    for holder in holders():
        next(renew(holder, size=2), None)  # And there it was killed.
        assert set(Enterprise.objects.values_list("nik", flat=True)) == numbers
        assert Enterprise.objects.filter(nik__in=numbers).count() == 7
    assert {len(number_check.rows_by_key(one)) for one in holders()} >= {2}
    done = [sum(renew(holder, size=2)) for holder in holders()]
    assert sum(done) > 0
    newest = cipher.key_id(NEW)
    assert {key for one in holders() for key in number_check.rows_by_key(one)} == {newest}
    assert sum(sum(renew(holder)) for holder in holders()) == 0
    settings.NUMBER_KEYS = [NEW]
    assert list(number_check.faults()) == []
    assert set(Enterprise.objects.values_list("nik", flat=True)) == numbers


def test_a_rotation_leaves_no_history(firm, settings):
    rotate(settings)
    for holder in holders():
        list(renew(holder))
    assert firm.events.count() == 0


def test_the_check_names_the_column_and_the_key_that_is_missing(firm, settings):
    assert list(number_check.faults()) == []
    lost = cipher.keys().newest
    settings.NUMBER_KEYS = [NEW]
    found = [one.en for one in number_check.faults()]
    assert any(one.startswith("registry_enterprise.nik, 1 rows: ") for one in found)
    assert all(lost in one for one in found)


def test_a_row_is_read_as_it_was_delivered_and_stored_otherwise(firm):
    record = SourceRecord.objects.get()
    assert record.values["nik"] == make.nik(1)
    (held,) = stored_in(next(one for one in holders() if one.is_row))
    assert make.nik(1) not in held


def test_what_stands_plain_is_encrypted_once(firm):
    holder = next(one for one in holders() if one.is_row)
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("UPDATE inbox_sourcerecord SET values = values || %s::jsonb",
                       ['{"nik": "3212014101800001", "workers": 1.10}'])  # fmt: skip
    assert encrypt_plain(holder) == 1
    assert encrypt_plain(holder) == 0
    (held,) = stored_in(holder)
    assert "3212014101800001" not in held
    assert '"workers": 1.10' in held
