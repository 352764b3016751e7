from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import path

from pulih.web import help, views

app_name = "web"
urlpatterns = [
    path("help/", login_not_required(help.document), {"page": ""}, name="help"),
    path("help/<path:page>", login_not_required(help.document), name="help-page"),
]
if settings.DEBUG:
    urlpatterns.append(path("parts/", views.parts, name="parts"))
