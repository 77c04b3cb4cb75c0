"""How the trail speaks of cycles and answers."""

from accounts.audit import speak


def teach() -> None:
    """Register the sentences of this app."""
    speak(
        {
            "answer.saved": "menyimpan",
            "answer.readied": "memintakan pengesahan untuk",
            "answer.taken_back": "menarik dari pengesahan",
            "answer.handed_back": "mengembalikan ke operator",
            "answer.replied": "membalas catatan pada",
            "answer.submitted": "mengajukan",
            "answer.withdrawn": "menarik kembali",
            "answer.accepted": "meloloskan",
            "answer.returned": "mengembalikan untuk diperbaiki",
            "answer.verified": "memverifikasi",
            "answer.reopened": "membuka untuk diperbaiki",
            "bonus.entered": "mencatat bonus Aksi HAM pada",
            "result.decided": "memutuskan",
            "result.fixed": "menetapkan hasil",
            "result.frozen": "membekukan",
            "result.given_back": "mengembalikan usulan hasil",
            "result.proposed": "mengusulkan hasil",
            "return.dropped": "menghapus",
            "return.noted": "menulis",
            "review.decided": "memutuskan",
            "round.closed": "menutup",
            "round.moved": "menggeser jam",
            "round.opened": "membuka",
            "assignment.changed": "mengubah penugasan",
            "assignment.mapped": "menugaskan menurut pemetaan",
            "assignment.supported": "mengubah pendukung",
            "citation.added": "menautkan data dukung pada",
            "citation.removed": "melepas data dukung dari",
            "cycle.cancelled": "membatalkan",
            "cycle.changed": "mengubah",
            "cycle.extended": "memperpanjang batas pengisian",
            "cycle.filling_started": "memulai pengisian",
            "cycle.given_back": "mengembalikan paket",
            "cycle.opened": "membuka periode",
            "cycle.recorded": "mencatat tahun lalu",
            "cycle.sent": "menyerahkan paket",
            "cycle.verification_started": "memulai verifikasi",
            "document.issued": "membuat dokumen penilaian dari",
            "endorsement.excepted": "mengecualikan pengesahan pada",
            "evidence.added": "menambahkan data dukung",
            "evidence.described": "mengubah keterangan",
            "evidence.removed": "menghapus data dukung",
            "instrument.confirmed": "menetapkan naskah resmi",
            "instrument.imported": "memuat instrumen",
            "mapping.saved": "menyimpan pemetaan perangkat daerah",
        }
    )
