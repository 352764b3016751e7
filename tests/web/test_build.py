import json
import os
import re
from pathlib import Path

import pytest

from pulih.web import assets, build
from pulih.web.tags.frame import svg_icon


def test_a_second_build_of_the_same_inputs_does_nothing(
    tmp_path: Path, monkeypatch, capsys
) -> None:
    stamp = tmp_path / "inputs.sha256"
    stamp.write_text(build.digest(build.inputs()))
    monkeypatch.setattr(build, "STAMP", stamp)
    monkeypatch.setattr(build, "node_tool", lambda *_: pytest.fail("Node was started."))
    assert build.main() == 0
    assert "already" in capsys.readouterr().out


def test_a_changed_input_has_another_digest(tmp_path: Path) -> None:
    one = tmp_path / "one.css"
    one.write_text("a")
    before = build.digest([one])
    one.write_text("b")
    assert build.digest([one]) != before


def test_files_of_words_get_a_compressed_twin_that_is_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("a {} " * 100)
    (tmp_path / "b.woff2").write_bytes(b"font")
    build.compress(tmp_path)
    first = (tmp_path / "a.css.gz").read_bytes()
    build.compress(tmp_path)
    assert (tmp_path / "a.css.gz").read_bytes() == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.css", "a.css.gz", "b.woff2"]


def test_the_lock_file_names_no_address_of_a_registry() -> None:
    assert '"resolved"' not in (build.CLONE / "package-lock.json").read_text()


def test_a_missing_build_is_a_warning_that_says_what_to_run(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(assets, "BUILD", tmp_path)
    [warning] = assets.check_the_build()
    assert "pulih.web.build" in str(warning.hint)
    assert (assets.style_urls(), assets.script_urls()) == ([], [])


def test_an_icon_is_of_the_build_that_lies_there_now(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(assets, "BUILD", tmp_path)
    drawn = [svg_icon("checklist")]
    for number, sprite in enumerate(("icons-one.svg", "icons-two.svg")):
        manifest = tmp_path / "manifest.json"
        manifest.write_text(json.dumps({"icons.svg": {"file": sprite}}))
        os.utime(manifest, ns=(number, number))
        drawn += [svg_icon("checklist"), svg_icon("checklist")]
    found = [re.findall(r'href="([^"]*)"', one) for one in drawn]
    one, two = ([f"/static/web/build/icons-{one}.svg#checklist"] for one in ("one", "two"))
    assert found == [["#checklist"], one, one, two, two]


@pytest.mark.skipif(not assets.manifest(), reason="the pages are not built here")
def test_every_page_weighs_less_than_its_limit() -> None:
    """Styles, script, icons and the Latin font, as they lie on the disk, beside map and charts."""
    entry = assets.manifest()[assets.ENTRY]
    files = [entry["file"], *entry["css"], assets.manifest()["icons.svg"]["file"]]
    files += [path.name for path in assets.BUILD.glob("inter-latin-wght*")]
    assert sum((assets.BUILD / name).stat().st_size for name in files) < 230_000
    assert (assets.BUILD / "provinces-34.json").stat().st_size < 120_000
