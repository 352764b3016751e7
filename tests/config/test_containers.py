"""The files for containers name what there is: settings, folders, and each other."""

import re
from pathlib import Path

import yaml

TOP = Path(__file__).parents[2]
CONTAINERS = TOP / "containers"
IMAGE = (CONTAINERS / "Containerfile").read_text()
SERVICES = yaml.safe_load((CONTAINERS / "compose.yaml").read_text())["services"]
CONFIG = TOP / "pulih/config"
SETTINGS = "".join((CONFIG / f"{name}.py").read_text() for name in ("settings", "data_folder"))


def test_every_setting_that_they_give_is_one_that_pulih_reads():
    given = set(re.findall(r"\b(PULIH_[A-Z_]+)=", IMAGE)) | set(SERVICES["pulih"]["environment"])
    assert "DATABASE_URL" in given
    assert {name for name in given if f'"{name}"' not in SETTINGS} == set()


def test_every_file_that_they_name_is_there():
    build = SERVICES["pulih"]["build"]
    assert (CONTAINERS / build["context"] / build["dockerfile"]).resolve().is_file()
    mounted = [one.split(":") for one in SERVICES["database"]["volumes"] if one.startswith("./")]
    assert mounted
    assert all((CONTAINERS / source).is_file() for source, *_place in mounted)
    assert all((TOP / name).is_file() for name in re.findall(r'"(containers/[^"]+)"', IMAGE))


def test_what_must_outlive_a_container_lies_in_volumes():
    kept = [place for one in SERVICES.values() for place in one["volumes"]]
    data = re.search(r"PULIH_DATA=(\S+)", IMAGE)[1]
    assert f"data:{data}" in kept
    assert f"VOLUME {data}\n" in IMAGE
    assert "database:/var/lib/postgresql" in kept  # From 18 on the image keeps its data below it.
    assert "8000" in SERVICES["pulih"]["ports"][0]
    assert SERVICES["pulih"]["ports"][0].startswith("127.0.0.1:")  # A proxy stands in front.
