"""Each word that a table is named by is explained in the glossary."""

from pathlib import Path

from django.apps import apps

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"


def test_each_model_stands_in_the_glossary():
    words = GLOSSARY.read_text()
    ours = (each for each in apps.get_models() if each.__module__.startswith("pulih."))
    named = {each.__name__ for each in ours if not each.__name__.endswith("Event")}
    missing = sorted(name for name in named if f"`{name}`" not in words)
    assert not missing, f"GLOSSARY.md says nothing of {', '.join(missing)}."
