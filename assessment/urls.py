"""Addresses of the yearly assessment."""

from django.urls import path

from assessment.views import answers, assignments, citations, cycles, evidence, home, instruments, tasks

urlpatterns = [
    path("", home.home, name="home"),
    path("instrumen/impor/", instruments.instrument_import, name="instrument-import"),
    path("instrumen/pratinjau/<int:pk>/", instruments.instrument_preview, name="instrument-preview"),
    path("instrumen/pratinjau/<int:pk>/simpan/", instruments.instrument_confirm, name="instrument-confirm"),
    path("instrumen/revisi/<int:pk>/tetapkan/", instruments.revision_confirm, name="revision-confirm"),
    path("periode/", cycles.cycle_list, name="cycle-list"),
    path("periode/buka/<int:region_pk>/", cycles.cycle_open, name="cycle-open"),
    path("periode/catat/<int:region_pk>/", cycles.past_year_add, name="past-year-add"),
    path("periode/<int:pk>/", cycles.cycle_detail, name="cycle-detail"),
    path("periode/<int:pk>/ubah/", cycles.cycle_change, name="cycle-change"),
    path("periode/<int:pk>/mulai/", cycles.cycle_start, name="cycle-start"),
    path("periode/<int:pk>/perpanjang/", cycles.cycle_extend, name="cycle-extend"),
    path("periode/<int:pk>/batalkan/", cycles.cycle_cancel, name="cycle-cancel"),
    path("periode/<int:pk>/kecualikan/<int:agency_pk>/", cycles.cycle_except, name="cycle-except"),
    path("periode/<int:pk>/pemetaan/", assignments.mapping_form, name="mapping-form"),
    path("periode/<int:pk>/penugasan/", assignments.assignment_list, name="assignment-list"),
    path("periode/<int:pk>/penugasan/menurut-pemetaan/", assignments.assign_by_mapping, name="assign-by-mapping"),
    path(
        "periode/<int:pk>/penugasan/<int:indicator_pk>/pendukung/", assignments.supporters_form, name="supporters-form"
    ),
    path("tugas/", tasks.task_list, name="task-list"),
    path("tugas/<int:pk>/ajukan/", tasks.task_submit_all, name="task-submit-all"),
    path("jawaban/<int:pk>/", answers.answer_detail, name="answer-detail"),
    path("jawaban/<int:pk>/nilai/", answers.answer_preview, name="answer-preview"),
    path("jawaban/<int:pk>/ajukan/", answers.answer_submit, name="answer-submit"),
    path("jawaban/<int:pk>/langkah/<slug:name>/", answers.answer_step, name="answer-step"),
    path("jawaban/<int:pk>/unggah/", citations.citation_upload, name="citation-upload"),
    path("jawaban/<int:pk>/pustaka/", citations.citation_add, name="citation-add"),
    path("rujukan/<int:pk>/lepas/", citations.citation_remove, name="citation-remove"),
    path("data-dukung/", evidence.evidence_list, name="evidence-list"),
    path("data-dukung/tambah/<int:agency_pk>/", evidence.evidence_add, name="evidence-add"),
    path("data-dukung/<uuid:public_id>/", evidence.evidence_detail, name="evidence-detail"),
    path("data-dukung/<uuid:public_id>/hapus/", evidence.evidence_remove, name="evidence-remove"),
    path("data-dukung/<uuid:public_id>/berkas/", evidence.evidence_file, name="evidence-file"),
    path(
        "data-dukung/<uuid:public_id>/halaman/<int:page>/<int:width>/",
        evidence.evidence_picture,
        name="evidence-picture",
    ),
    path("jawaban/<int:pk>/kembalikan/", answers.answer_hand_back, name="answer-hand-back"),
]
