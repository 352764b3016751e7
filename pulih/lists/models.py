"""What people keep of lists: large files that are made for them, and views that they named."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pulih.common.errors import Message
from pulih.people.models import User
from pulih.people.scoped import ScopedQuerySet


class State(models.TextChoices):
    WAITING = "waiting", _("being made")
    READY = "ready", _("ready")
    FAILED = "failed", _("failed")


class OwnQuerySet(ScopedQuerySet):
    def visible_to(self, person: User) -> Self:
        """Keep what is the person's own: it is nobody else's, whatever they see."""
        return self.filter(person=person)


class Download(models.Model):
    """One list as a file, for one person; row policies show it to nobody else.

    title_indonesian, title_en: of the list. address: of the list with its filters and `format`, as
    it was asked for. sight: a digest of what the person saw when it was made, see
    `downloads.sight_of`. rows: how many are written. attempts: how often its making began; what
    brings a worker down is not tried for ever.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    title_indonesian = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    address = models.TextField()
    file_name = models.CharField(max_length=200)
    sight = models.CharField(max_length=64, blank=True)
    # No machine of `workflow`: one person waits for a worker, and nobody decides anything.
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    rows = models.PositiveIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem_indonesian = models.CharField(max_length=400, blank=True)
    problem_en = models.CharField(max_length=400, blank=True)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "address"],
                condition=Q(state="waiting"),
                name="lists_download_made_once",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def title(self) -> Message:
        return Message(self.title_indonesian, self.title_en)

    @property
    def problem(self) -> Message:
        """Why it was not made; blank otherwise."""
        return Message(self.problem_indonesian, self.problem_en)

    @property
    def list_address(self) -> str:
        """The list as a page, with the filters of the file."""
        path, _sign, query = self.address.partition("?")
        asked = QueryDict(query, mutable=True)
        asked.pop("format", None)
        return f"{path}?{asked.urlencode()}" if asked else path


class SavedView(models.Model):
    """The filters and the order of one list under a name of one's own; nobody else sees it.

    path: the address of the list; query: its filters and `sort` as an address carries them, without
    typed words, which may name a person. title_indonesian, title_en: of the list.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    path = models.CharField(max_length=200)
    query = models.TextField()
    title_indonesian = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    name = models.CharField(max_length=60)

    objects = OwnQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "path", "name"], name="lists_saved_view_named_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def title(self) -> Message:
        return Message(self.title_indonesian, self.title_en)

    @property
    def asked(self) -> dict[str, str]:
        """What its address asks, by the key of the filter."""
        return QueryDict(self.query).dict()

    @property
    def address(self) -> str:
        return f"{self.path}?{self.query}"
