from django.urls import path

from .views import activities, cohorts, persons

app_name = "delivery"
urlpatterns = [
    path("", activities.show_list, name="list"),
    path("new/", activities.edit_activity, name="new"),
    path("<int:pk>/", activities.show_activity, name="activity"),
    path("<int:pk>/edit/", activities.edit_activity, name="edit"),
    path("<int:pk>/sites/", activities.add_site, name="add-site"),
    path("<int:pk>/cohorts/", activities.add_cohort, name="add-cohort"),
    path("cohorts/<int:pk>/", cohorts.show_cohort, name="cohort"),
    path("cohorts/<int:pk>/change/", cohorts.change_cohort, name="change-cohort"),
    path("cohorts/<int:pk>/sessions/", cohorts.add_session, name="add-session"),
    path("cohorts/<int:pk>/trainers/", cohorts.add_trainer, name="add-trainer"),
    path("cohorts/<int:pk>/roster/", cohorts.seat_list, name="seat-list"),
    path("cohorts/<int:pk>/leave/", cohorts.leave, name="leave"),
    path("participants/", cohorts.show_participants, name="participants"),
    path("people/", persons.show_people, name="people"),
    path("people/new/", persons.edit_person, name="new-person"),
    path("people/<int:pk>/", persons.edit_person, name="edit-person"),
]
