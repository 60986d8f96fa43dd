"""The one page of promises."""

from django.urls import path

from ketenreis.web.promises import views

urlpatterns = [path("promises/", views.every, name="list")]
