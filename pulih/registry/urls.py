from django.urls import path

from . import views

app_name = "registry"
urlpatterns = [
    path("", views.enterprises, name="list"),
    path("count/", views.count, name="count"),
    path("export/", views.export, name="export"),
    path("compare/", views.compare, name="compare"),
    path("quality/", views.data_quality, name="quality"),
    path("quality/identities/", views.identities, name="identities"),
    path("twice/", views.twice, name="twice"),
    path("linking/", views.linking, name="linking"),
    path("linking/anew/", views.relink, name="relink"),
    path("linking/learn/", views.learn, name="learn"),
    path("links/<int:pk>/", views.links, name="links"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/answer/", views.answer_review, name="answer"),
    path("reviews/<int:pk>/undo/", views.undo_answer, name="undo-answer"),
    path("<int:pk>/", views.enterprise, name="enterprise"),
    path("<int:pk>/sources/", views.sources, name="sources"),
    path("<int:pk>/history/", views.history, name="history"),
    path("<int:pk>/nik/", views.nik, name="nik"),
    path("<int:pk>/joined/", views.joined, name="joined"),
    path("<int:pk>/join/", views.join, name="join"),
    path("<int:pk>/split/", views.split, name="split"),
    path("<int:pk>/unsplit/", views.undo_split, name="undo-split"),
    path("<int:pk>/pins/<slug:attribute>/", views.pin, name="pin"),
    path("<int:pk>/pins/<slug:attribute>/end/", views.unpin, name="unpin"),
    path("merges/<int:pk>/undo/", views.undo_merge, name="undo-merge"),
    path("separations/<int:pk>/end/", views.end_separation, name="end-separation"),
]
