"""What is to be looked at again, and what can be done with it."""

from django.urls import path

from ketenreis.web.suspects import views

urlpatterns = [
    path("suspects/", views.all_tasks, name="list"),
    path("suspects/do", views.settle, name="settle"),
    path("suspects/confirmed.yaml", views.as_text, name="text"),
]
