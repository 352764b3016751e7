"""Files of the story are read side by side and stored one after the other, each once."""

from datetime import date

import pytest
from django.db.models import Max, Min

from pulih.common.errors import Refusal
from pulih.inbox import receivers
from pulih.inbox.models import ImportBatch, SourceRecord, State
from pulih.people.scope import speaking_for
from pulih.scenarios.covid_2020 import delivering
from pulih.scenarios.covid_2020.delivering import Sender, deliver_all
from pulih.scenarios.covid_2020.files import Delivery
from tests.people import cast

SIZES = (4_000, 3, 3, 900, 3)
HEADS = "Nama Usaha,Nama Pemilik,Kabupaten/Kota,Produk"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent(tmp_path):
    office = cast.area("Jawa Barat").pk
    found = []
    for number, size in enumerate(SIZES):
        path = tmp_path / f"{number}.csv"
        rows = [f"Usaha {number} {n},Pemilik {number} {n},Kab. Garut,Keripik" for n in range(size)]
        path.write_text("\n".join([HEADS, *rows]), "utf-8")
        found.append(Delivery(path, "firms", office, date(2020, 5, 31)))
    sender = Sender(cast.planner())
    return [(one, sender) for one in found]


def rows_of_batches():
    """Return the rows of each batch that is done with its first and last number."""
    done = ImportBatch.objects.filter(state=State.DONE).order_by("pk").values_list("pk", flat=True)
    kept = [SourceRecord.objects.filter(batch=pk) for pk in done]
    return [(one.count(), *one.aggregate(a=Min("pk"), b=Max("pk")).values()) for one in kept]


def test_a_small_file_waits_for_the_large_one_before_it(sent, monkeypatch):
    monkeypatch.setattr(delivering, "AT_ONCE", 3)
    heard = []
    deliver_all(sent, heard.append)
    with speaking_for(sent[0][1].person):
        counts, firsts, lasts = zip(*rows_of_batches(), strict=True)
        assert counts == SIZES
        assert sorted(firsts + lasts) == [
            end for ends in zip(firsts, lasts, strict=True) for end in ends
        ]
        assert heard == sorted(heard)
        deliver_all(sent)
        assert ImportBatch.objects.count() == len(SIZES)


class Breaks:
    """A receiver with a fault of ours in the second file, once."""

    kind = "firms"
    is_done = False

    def receive(self, batch, rows):
        if batch.file_name == "1.csv" and not self.is_done:
            self.is_done = True
            raise ZeroDivisionError
        return {}


def test_what_one_fault_stopped_goes_on_and_nothing_is_there_twice(sent, monkeypatch):
    monkeypatch.setitem(receivers._receivers, "firms", [Breaks()])
    with pytest.raises(ZeroDivisionError):
        deliver_all(sent)
    deliver_all(sent)
    with speaking_for(sent[0][1].person):
        assert sorted(count for count, *_ends in rows_of_batches()) == sorted(SIZES)
        assert SourceRecord.objects.count() == sum(SIZES)


def test_what_is_refused_is_tried_again_alone_and_then_stops_the_story_in_its_words(sent):
    sent[1][0].path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(Refusal, match=r"1\.csv"):
        deliver_all(sent)
    with speaking_for(sent[0][1].person):
        assert [count for count, *_ends in rows_of_batches()] == [*SIZES[:1], *SIZES[2:]]
        assert ImportBatch.objects.filter(file_name="1.csv", state=State.REFUSED).count() == 2
