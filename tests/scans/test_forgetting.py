"""Pictures that never found their paper go when their time is over; signed copies stay."""

from datetime import timedelta

import pytest

from pulih.inbox.uploads import path_of
from pulih.people.scope import speaking_as_system
from pulih.privacy import retention
from pulih.privacy.rules import keeping
from tests.make import scans as make
from tests.people import cast

pytestmark = pytest.mark.django_db
DAYS = next(one.days for one in keeping() if one.key == "scans_without_paper")


def run(days):
    with speaking_as_system() as system:
        return retention.delete_due(make.DAY + timedelta(days=days), by=system)


def test_a_page_without_paper_goes_with_its_file_a_day_after_its_time():
    file = make.read(make.jpeg(make.photo(make.printed(""))))
    picture, kept = path_of(file.pages.get().picture), path_of(file.stored_name)
    assert run(DAYS)["scans_without_paper"] == 0
    assert picture.exists()
    assert run(DAYS + 1)["scans_without_paper"] == 1
    assert not picture.exists()
    assert not kept.exists()
    assert file.pages.get().picture == ""
    assert run(DAYS + 2)["scans_without_paper"] == 0


def test_a_file_that_two_offices_brought_goes_with_the_last_of_its_pictures():
    content = make.jpeg(make.photo(make.printed("")))
    for by in (cast.provincial_officer(), cast.provincial_officer("Jawa Tengah")):
        file = make.read(content, by=by)
    assert file.pages.count() == 1
    assert run(DAYS + 1)["scans_without_paper"] == 2
    assert not path_of(file.stored_name).exists()


def test_a_signed_copy_stays_and_so_does_the_file_it_came_in():
    code = make.paper(1).code
    sheets = [make.photo(make.printed(one)) for one in (code, "")]
    file = make.read(make.pdf_of(*sheets))
    signed, other = file.pages.order_by("number")
    run(DAYS + 1)
    assert path_of(signed.picture).exists()
    assert path_of(file.stored_name).exists()
    assert not path_of(other.picture).exists()
