"""Addresses of people and places."""

from django.urls import path

from accounts.views import agencies, health, links, notices, people, places, sessions

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("undangan/<str:token>/", links.invitation_open, name="invitation-open"),
    path("orang/", people.person_list, name="person-list"),
    path("orang/undang/", people.invite, name="person-invite"),
    path("orang/undang-banyak/", people.invite_many, name="person-invite-many"),
    path("orang/<int:pk>/", people.person_detail, name="person-detail"),
    path("orang/<int:pk>/ubah/", people.correct, name="person-correct"),
    path("orang/<int:pk>/atur-ulang/", people.reset, name="person-reset"),
    path("keanggotaan/<int:pk>/akhiri/", people.membership_end, name="membership-end"),
    path("tautan/<int:pk>/tarik/", people.invitation_withdraw, name="invitation-withdraw"),
    path("perangkat-daerah/", agencies.agency_list, name="agency-list"),
    path("perangkat-daerah/tambah/<int:region_pk>/", agencies.agency_add, name="agency-add"),
    path("perangkat-daerah/<int:pk>/", agencies.agency_change, name="agency-change"),
    path("perangkat-daerah/<int:pk>/peralihan/", agencies.agency_succeed, name="agency-succeed"),
    path("wilayah/", places.place_list, name="place-list"),
    path("wilayah/tambah/", places.region_form, name="region-add"),
    path("wilayah/<int:pk>/", places.region_form, name="region-change"),
    path("kantor/tambah/", places.office_form, name="office-add"),
    path("kantor/<int:pk>/", places.office_form, name="office-change"),
    path("wilayah-kerja/tambah/", places.jurisdiction_add, name="jurisdiction-add"),
    path("pemberitahuan/", notices.notice_list, name="notice-list"),
    path("pemberitahuan/<int:pk>/", notices.notice_open, name="notice-open"),
    path("pemberitahuan/baca-semua/", notices.notice_read_all, name="notice-read-all"),
    path("sesi/", sessions.session_list, name="session-list"),
    path("sesi/<int:pk>/akhiri/", sessions.session_end, name="session-end"),
    path("sesi/akhiri-lain/", sessions.session_end_others, name="session-end-others"),
    path("isian/buang/", sessions.kept_form_drop, name="kept-form-drop"),
]
