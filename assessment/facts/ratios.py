"""What a numerator and a denominator must not be, wherever somebody enters them."""

from decimal import Decimal

from accounts.words import number as written

ZERO_DENOMINATOR = "Penyebut 0 tidak menghasilkan persentase. Pilih “Tidak ada” atau “Tidak berlaku” beserta alasannya."


def fault_of_ratio(numerator: Decimal | None, denominator: Decimal | None) -> tuple[str, str] | None:
    """Return the part that is wrong with its sentence, or None; a half that is missing is no fault of a draft."""
    if denominator == 0:
        return "denominator", ZERO_DENOMINATOR
    if numerator is None or denominator is None or numerator <= denominator:
        return None
    return "numerator", (
        f"{written(numerator)} lebih besar dari {written(denominator)}. Pembilang adalah bagian dari penyebut; "
        "periksa kedua angka. Isian Anda tetap ada di sini."
    )
