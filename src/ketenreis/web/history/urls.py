"""The history, and what can be done with a change."""

from django.urls import path

from ketenreis.web.history import views

urlpatterns = [
    path("history/", views.all_changes, name="list"),
    path("history/<int:change>/undo", views.take_back, name="undo"),
    path("history/<int:change>/restore", views.restore, name="restore"),
]
