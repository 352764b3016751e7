"""The shape of the code, kept by tests: one-way keys, small files, cited sources."""

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).parents[2]
CODE = [path for path in ROOT.glob("pulih/**/*.py") if "migrations" not in path.parts]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = [re.split(r" \| ", layer.strip("()")) for layer in CONTRACTS["contracts"][0]["layers"]]
HEIGHT = {app: -depth for depth, layer in enumerate(LAYERS) for app in layer}


def foreign_keys_between_our_apps() -> Iterator[tuple[str, str, str]]:
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                here, there = model._meta, field.related_model._meta
                ours = {here.app_label, there.app_label} <= HEIGHT.keys()
                if ours and here.app_label != there.app_label:
                    yield f"{here.label}.{field.name}", here.app_label, there.app_label


def test_foreign_keys_point_down_the_flow():
    for key, here, there in foreign_keys_between_our_apps():
        assert HEIGHT[there] < HEIGHT[here], f"{key} points up, to {there}"


def test_no_module_outgrows_one_sitting():
    assert [path for path in CODE if path.read_text().count("\n") > 400] == []


def test_no_room_outgrows_the_house():
    """Python and SQL without migrations; with templates and papers the largest has 0.6 % more."""
    sizes: Counter[str] = Counter()
    for path in [*CODE, *ROOT.glob("pulih/*/sql/**/*.sql")]:
        sizes[path.relative_to(ROOT / "pulih").parts[0]] += path.read_text().count("\n")
    shares = {room: lines / sizes.total() for room, lines in sizes.items()}
    assert {room: f"{share:.1%}" for room, share in shares.items() if share > 0.12} == {}


def test_no_function_outgrows_one_screen():
    too_long = [
        f"{path.relative_to(ROOT)}: {node.name}"
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 60
    ]
    assert too_long == []


def test_no_line_of_a_template_outgrows_a_screen():
    too_long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ROOT.glob("pulih/**/*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if len(line) > 160
    ]
    assert too_long == []


def test_no_attribute_of_a_template_touches_the_one_before():
    touching = re.compile(r'[^= ]"(\{% (if|for) [^%]*%\})*[a-z-]+=["\']')
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in ROOT.glob("pulih/**/*.html")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if touching.search(line)
    ]
    assert found == []


def test_no_tag_or_comment_of_a_template_spans_lines():
    """Django draws such a one as text, before the eyes of its reader."""
    spanning = re.compile(r"\{([#%{])(?:(?![#%}]\}).)*\n.*?[#%}]\}", re.DOTALL)
    templates = ROOT.glob("pulih/**/*.html")
    assert [str(one) for one in templates if spanning.search(_without_text(one))] == []


def _without_text(template: Path) -> str:
    """Return a template without its tags of one line, so that only others are left to be found."""
    return re.sub(r"\{([#%{]).*?[#%}]\}", "", template.read_text())


def test_sources_are_cited_and_listed():
    pattern = r"Source: ((?:[A-Z]+-\d+(?:, )?)+)"
    cited = {
        source
        for path in CODE
        for group in re.findall(pattern, path.read_text())
        for source in group.rstrip(", ").split(", ")
    }
    listed = set(re.findall(r"^\| ([A-Z]+-\d+) ", (ROOT / "docs/sources.md").read_text(), re.M))
    assert cited <= listed, f"cited and not listed: {sorted(cited - listed)}"


def test_no_broad_except_and_no_silenced_check():
    silenced = re.compile(r"except (Exception|BaseException)?:|# noqa(?!: [A-Z0-9]+  \S)")
    assert [str(path) for path in CODE if silenced.search(path.read_text())] == []


def test_only_settings_reads_the_environment():
    # These hand their whole environment on, to Node and to the reader of a file, and ask nothing.
    handing_on = (ROOT / "pulih/web/build.py", ROOT / "pulih/intake/child.py")
    reading = [
        path.name
        for path in CODE
        if "os.environ" in path.read_text()
        and path.parent.name != "config"
        and path not in handing_on
    ]
    assert reading == []


def test_whose_a_row_is_stands_in_one_place():
    """Where a row has no regency, it is its province's: rows say it by `areas.rows.area_of`."""
    spelt = re.compile(r"\b(?!self\b)(\w+)\.regency(_id)? or \1\.province")
    found = [str(path) for path in CODE if spelt.search(path.read_text())]
    assert found == [str(ROOT / "pulih" / "areas" / "rows.py")]


def test_every_benchmark_runs_at_a_scale():
    """`make bench` gives it to each; what several need lies in folders beside them."""
    found = {path.name: path.read_text() for path in ROOT.glob("benchmarks/*.py")}
    assert found
    begins, by_hand = 'if __name__ == "__main__":', "main(*sys.argv"
    assert [name for name, text in found.items() if begins not in text or by_hand in text] == []
