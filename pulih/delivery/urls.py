from django.urls import path

from .views import activities, attendance, cohorts, field, persons

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
    path("attendance/", attendance.show_marks, name="marks"),
    path("cohorts/<int:pk>/attendance/", attendance.show_attendance, name="attendance"),
    path("cohorts/<int:pk>/attendance/correct/", attendance.correct, name="correct-mark"),
    path("cohorts/<int:pk>/links/", attendance.give_link, name="give-link"),
    path("cohorts/<int:pk>/links/<int:link>/end/", attendance.end_link, name="end-link"),
    path("field/worker.js", field.worker, name="field-worker"),
    path("field/manifest.webmanifest", field.manifest, name="field-manifest"),
    path("field/class/<int:pk>/", field.show_field, name="field"),
    path("field/class/<int:pk>/list/", field.show_field_list, name="field-list"),
    path("field/class/<int:pk>/marks/", field.take_marks, name="field-marks"),
    path("field/link/<int:link>/", field.show_field_by_link, name="field-by-link"),
    path("field/link/<int:link>/list/", field.show_field_list_by_link, name="field-list-by-link"),
    path("field/link/<int:link>/marks/", field.take_marks_by_link, name="field-marks-by-link"),
]
