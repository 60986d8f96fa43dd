"""What a change would touch, before it is made."""

from django.urls import path

from ketenreis.web.impact import views

urlpatterns = [
    path("impact/always", views.always, name="always"),
    path("impact/<int:proposal>/", views.one, name="one"),
    path("impact/<int:proposal>/stop", views.stopped, name="stop"),
]
