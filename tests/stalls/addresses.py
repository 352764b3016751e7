"""All addresses of Pulih and those of this room, as `pulih/config/urls.py` makes of `ROOMS`."""

from django.urls import include, path
from ninja import NinjaAPI
from ninja.security import django_auth

from pulih.config import urls

from .api import router

api = NinjaAPI(auth=django_auth, urls_namespace="stalls-api", docs_url=None)
api.add_router("/stalls/", router)
handler500 = urls.handler500
urlpatterns = [
    path("stalls/", include("tests.stalls.urls")),
    path("api/v1/small/", api.urls),
    *urls.urlpatterns,
]
