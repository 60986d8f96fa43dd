"""What customers see, and the files of it."""

from django.urls import path

from ketenreis.web.attachments import views

urlpatterns = [
    path("seen/", views.every, name="list"),
    path("seen/file/<str:kept>", views.give, name="file"),
    path("seen/pages/<str:kept>", views.letter, name="letter"),
    path("seen/new", views.new, name="new"),
    path("seen/attach/<path:artefact>", views.attach, name="attach"),
]
