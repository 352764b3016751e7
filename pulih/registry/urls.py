from django.urls import path

from . import views

app_name = "registry"
urlpatterns = [
    path("", views.enterprises, name="list"),
    path("count/", views.count, name="count"),
    path("export/", views.export, name="export"),
    path("compare/", views.compare, name="compare"),
    path("reviews/", views.reviews, name="reviews"),
    path("reviews/<int:pk>/", views.review, name="review"),
    path("reviews/<int:pk>/answer/", views.answer_review, name="answer"),
    path("reviews/<int:pk>/undo/", views.undo_answer, name="undo-answer"),
    path("<int:pk>/", views.enterprise, name="enterprise"),
    path("<int:pk>/sources/", views.sources, name="sources"),
    path("<int:pk>/history/", views.history, name="history"),
    path("<int:pk>/nik/", views.nik, name="nik"),
]
