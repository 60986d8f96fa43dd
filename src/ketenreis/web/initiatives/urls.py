"""Initiatives, tensions, dialogues and actions."""

from django.urls import path

from ketenreis.web.initiatives import views

urlpatterns = [
    path("initiatives/", views.all_initiatives, name="list"),
    path("tensions/", views.all_tensions, name="tensions"),
    path("tensions/do", views.put_aside, name="aside"),
    path("tensions/talk", views.start, name="start"),
    path("actions/", views.all_actions, name="actions"),
    path("dialogues/<path:dialogue>/", views.talk, name="dialogue"),
    path("initiatives/<path:initiative>/", views.one, name="one"),
]
