"""The beginning of the tour; its stops are the pages themselves."""

from django.urls import path

from ketenreis.web.tour import views

urlpatterns = [path("tour/", views.start, name="list")]
