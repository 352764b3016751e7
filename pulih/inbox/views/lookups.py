"""What every page of the inbox needs: its gates, the language, the one file that is asked for."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from pulih.inbox.models import ImportBatch
from pulih.people.access import PersonRequest, permission_required
from pulih.people.permissions import Permission

reading = permission_required(Permission.SEE_FILES)
acting = permission_required(Permission.DELIVER_FILES)


def language(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "id"))


def batch_of(request: PersonRequest, pk: int) -> ImportBatch:
    rows = ImportBatch.objects.visible_to(request.user)
    related = ("office", "uploaded_by", "supersedes", "progress", "province")
    found: ImportBatch = get_object_or_404(rows.select_related(*related), pk=pk)
    return found
