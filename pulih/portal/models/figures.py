"""Tables without anybody's data: quoted figures and their sources."""

from django.core.cache import cache
from django.db import models

from pulih.audit.history import keep


@keep
class Source(models.Model):
    """Where a quoted figure comes from."""

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120)
    published_on = models.DateField()
    is_verified = models.BooleanField()

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"


@keep
class PublicFigure(models.Model):
    """A figure as its source prints it; in both languages, with its day and its coverage."""

    key = models.CharField(max_length=40, unique=True)
    value = models.BigIntegerField()
    quoted_indonesian = models.CharField(max_length=40)
    quoted_en = models.CharField(max_length=40)
    definition_indonesian = models.TextField()
    definition_en = models.TextField()
    coverage_indonesian = models.CharField(max_length=60)
    coverage_en = models.CharField(max_length=60)
    differs_indonesian = models.TextField(blank=True)
    differs_en = models.TextField(blank=True)
    as_of = models.DateField()
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures")

    def __str__(self) -> str:
        return f"{self.key}: {self.quoted_indonesian}"

    def said(self, name: str, language: str) -> str:
        """Return one of the written fields (`quoted`, `definition`, …) in `language`."""
        return str(getattr(self, f"{name}_{'en' if language.startswith('en') else 'indonesian'}"))


@keep
class Scenario(models.Model):
    """A reference scenario whose generated data is loaded; every page then says so."""

    name = models.CharField(max_length=40, unique=True)
    day = models.DateField()
    is_complete = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


LOADED = "portal.loaded_scenario"


def loaded_scenario() -> Scenario | None:
    """Return the loaded scenario, if any; remembered for a minute, since every page asks."""
    found: list[Scenario] | None = cache.get(LOADED)
    if found is None:
        found = list(Scenario.objects.all()[:1])
        cache.set(LOADED, found, timeout=60)
    return found[0] if found else None
