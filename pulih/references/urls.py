from django.urls import path

from . import views

app_name = "references"
urlpatterns = [
    path("", views.references, name="list"),
    path("<slug:slug>/", views.references, name="kind"),
    path("<slug:slug>/import/", views.take_in, name="import"),
    path("<slug:slug>/export/", views.export, name="export"),
]
