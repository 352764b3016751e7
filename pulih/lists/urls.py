from django.urls import path

from . import views

app_name = "lists"
urlpatterns = [
    path("", views.downloads, name="downloads"),
    path("<int:pk>/", views.download, name="download"),
]
