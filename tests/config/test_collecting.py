"""The pages' files are those of the same folders as Django finds once all is set up."""

from pathlib import Path

from django.contrib.staticfiles.finders import AppDirectoriesFinder

from pulih.config.collecting import static_folders


def test_files_of_every_app_are_collected():
    found = [Path(one.location) for one in AppDirectoriesFinder().storages.values()]
    assert found == static_folders()
    assert len(found) > 5
