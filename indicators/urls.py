"""Addresses of the catalogue."""

from django.urls import path

from indicators import views

urlpatterns = [
    path("", views.catalogue, name="catalogue"),
    path("<slug:code>/revisi/<int:number>/", views.revision, name="catalogue-revision"),
    path(
        "<slug:code>/revisi/<int:number>/indikator/<int:indicator_number>/", views.indicator, name="catalogue-indicator"
    ),
]
