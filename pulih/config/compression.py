"""Pages and answers for programs, compressed on their way.

Whoever makes somebody else's browser ask for a page with words of their own in it could tell by its
compressed length whether the words stand in it a second time, as a secret does (BREACH). Django
adds up to 100 random bytes to each answer, and masks the token of every form again.
"""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

KINDS = ("text/", "application/json", "application/geo+json", "image/svg+xml")


class CompressPages(GZipMiddleware):
    """Compress text; workbooks, papers and archives are compressed already."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith(KINDS):
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        return answer
