"""The matrix, and accepting proposals."""

from django.urls import path

from ketenreis.web.coverage import views

urlpatterns = [
    path("coverage/", views.matrix, name="list"),
    path("coverage/accept", views.accept, name="accept"),
]
