from django.urls import path

from . import views

app_name = "budget"
urlpatterns = [
    path("", views.show_summary, name="summary"),
    path("provinces/<int:pk>/", views.show_province, name="province"),
    path("units/<int:pk>/", views.show_unit, name="unit"),
    path("lines/", views.show_lines, name="lines"),
    path("lines/tag/", views.tag_lines, name="tag-lines"),
    path("lines/<int:pk>/", views.show_line, name="line"),
    path("lines/<int:pk>/tag/", views.tag_line, name="tag-line"),
    path("lines/<int:pk>/protect/", views.protect_line, name="protect-line"),
    path("lines/<int:pk>/hold/", views.hold_line, name="hold-line"),
    path("postings/", views.show_postings, name="postings"),
    path("postings/<int:pk>/", views.show_posting, name="posting"),
    path("revisions/", views.show_revisions, name="revisions"),
    path("revisions/<int:pk>/", views.show_revision, name="revision"),
]
