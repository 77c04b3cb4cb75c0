"""How the trail speaks of people and places."""

from accounts.audit import speak


def teach() -> None:
    """Register the sentences of this app."""
    speak(
        {
            "invitation.sent": "mengirim undangan kepada",
            "invitation.withdrawn": "menarik undangan",
            "reset.sent": "membuat tautan atur ulang kata sandi untuk",
            "password.reset": "mengatur ulang kata sandi",
            "password.changed": "mengganti kata sandi",
            "membership.begun": "memulai akses",
            "membership.ended": "mengakhiri akses",
            "person.corrected": "memperbaiki keterangan akun",
            "region.saved": "menyimpan wilayah",
            "office.saved": "menyimpan kantor",
            "jurisdiction.begun": "menetapkan wilayah kerja",
            "agency.saved": "menyimpan perangkat daerah",
            "agency.succeeded": "mencatat peralihan ke",
        }
    )
