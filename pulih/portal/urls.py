from django.urls import path

from . import open_api, release_views, views

app_name = "portal"
urlpatterns = [
    path("", views.nothing, name="front"),  # What is published is answered before Django's pages.
    path("en/", views.nothing, name="front-en"),
    path("assets/public.css", views.style, name="style"),
    path("desk/", views.home, name="home"),
    path("desk/country/", views.country, name="country"),
    path("sources/", views.sources, name="sources"),
    path("desk/releases/", release_views.show_list, name="releases"),
    path("desk/releases/new/", release_views.draft, name="new-release"),
    path("desk/releases/calendar/", release_views.calendar, name="rhythms"),
    path("desk/releases/<int:pk>/", release_views.show, name="release"),
    path("desk/releases/<int:pk>/progress/", release_views.progress, name="release-progress"),
    path("desk/releases/<int:pk>/move/", release_views.move, name="move-release"),
    path("desk/releases/<int:pk>/leave-out/", release_views.leave_out, name="leave-out"),
    path("api/open/v1/cells", open_api.cells, name="open-cells"),
    path("api/open/v1/openapi.json", open_api.description, name="open-api"),
]
