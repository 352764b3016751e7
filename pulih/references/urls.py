from django.urls import path

from . import area_files, views

app_name = "references"
urlpatterns = [
    path("", views.references, name="list"),
    path("areas/export/", area_files.export, name="areas"),
    path("<slug:slug>/", views.references, name="kind"),
    path("<slug:slug>/import/", views.take_in, name="import"),
    path("<slug:slug>/export/", views.export, name="export"),
]
