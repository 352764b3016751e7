from django.urls import path

from . import views

app_name = "areas"
urlpatterns = [
    path("", views.areas, name="list"),
    path("search/", views.search, name="search"),
]
