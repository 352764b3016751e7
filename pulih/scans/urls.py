from django.urls import path

from .views import files, papers, placing

app_name = "scans"
urlpatterns = [
    path("", files.show_files, name="list"),
    path("bring/", files.bring, name="bring"),
    path("waiting/", files.show_waiting, name="waiting"),
    path("files/<int:pk>/", files.show_file, name="file"),
    path("files/<int:pk>/original/", files.download, name="download"),
    path("pages/<int:pk>/", placing.show_page, name="page"),
    path("pages/<int:pk>/picture.jpg", placing.picture, name="picture"),
    path("pages/<int:pk>/attach/", placing.attach, name="attach"),
    path("pages/<int:pk>/detach/", placing.detach, name="detach"),
    path("pages/<int:pk>/set-aside/", placing.set_aside, name="set-aside"),
    path("papers/<str:code>/", papers.show_paper, name="paper"),
]
