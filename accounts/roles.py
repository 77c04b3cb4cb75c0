"""The roles that a person can hold, the kind of place each belongs to, and who hands it out."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is at a place (peran); the order is the order in which rights are looked up."""

    OPERATOR = "operator"
    HEAD = "head"
    COORDINATOR = "coordinator"
    LEADER = "leader"
    REVIEWER = "reviewer"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The role's name on the screen."""
        return LABELS[self]

    @property
    def description(self) -> str:
        """One sentence for the person who hands the role out."""
        return DESCRIPTIONS[self]

    @property
    def place_field(self) -> str | None:
        """The membership's field that names the place: agency, region or office; None for the administrator."""
        return PLACES[self]

    @property
    def issued_by(self) -> "Role | None":
        """The role that invites, resets and ends this one; never an equal, never a subordinate."""
        return ISSUERS[self]


LABELS = {
    Role.OPERATOR: "Operator OPD",
    Role.HEAD: "Kepala OPD",
    Role.COORDINATOR: "Koordinator",
    Role.LEADER: "Pimpinan daerah",
    Role.REVIEWER: "Verifikator",
    Role.OBSERVER: "Pengamat provinsi",
    Role.ADMINISTRATOR: "Administrator",
}
DESCRIPTIONS = {
    Role.OPERATOR: "Mengisi indikator perangkat daerahnya dan mengelola data dukungnya.",
    Role.HEAD: "Seperti operator, dan mengesahkan jawaban perangkat daerahnya.",
    Role.COORDINATOR: "Mengelola periode penilaian, perangkat daerah, dan orang-orang di kabupaten/kotanya.",
    Role.LEADER: "Membaca seluruh pekerjaan kabupaten/kotanya.",
    Role.REVIEWER: "Memverifikasi dan menilai paket dari kabupaten/kota di wilayah kantornya.",
    Role.OBSERVER: "Membaca kemajuan dan hasil kabupaten/kota di provinsinya.",
    Role.ADMINISTRATOR: "Mengelola instrumen, wilayah, kantor, dan undangan pertama.",
}
PLACES = {
    Role.OPERATOR: "agency",
    Role.HEAD: "agency",
    Role.COORDINATOR: "region",
    Role.LEADER: "region",
    Role.REVIEWER: "office",
    Role.OBSERVER: "region",
    Role.ADMINISTRATOR: None,
}
ISSUERS = {
    Role.OPERATOR: Role.COORDINATOR,
    Role.HEAD: Role.COORDINATOR,
    Role.COORDINATOR: Role.ADMINISTRATOR,
    Role.LEADER: Role.COORDINATOR,
    Role.REVIEWER: Role.ADMINISTRATOR,
    Role.OBSERVER: Role.ADMINISTRATOR,
    Role.ADMINISTRATOR: None,
}
AGENCY_ROLES = frozenset({Role.OPERATOR, Role.HEAD})


def role_choices() -> list[tuple[str, str]]:
    """Pairs of value and label, in the order of the role table."""
    return [(role.value, role.label) for role in Role]
