"""Checks that templates stay plain: short lines, shallow nesting, fragments that say and are told what they take.

A template that is not rebuilt yet stands in NOT_YET; one that fits already has no place there.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TEMPLATES = Path(__file__).parent.parent / "templates"
WIDEST, LONGEST, DEEPEST = 120, 120, 3
TAG = re.compile(r"{%\s*(\w+)")
INCLUDE = re.compile(r'{%\s*include\s+"([^"]+)"(?:\s+with\s+(.*?))?(\s+only)?\s*%}')
TAKEN = re.compile(r"{# (Nothing is taken|[a-z_]+(?:, [a-z_]+)*): .+ #}$")
NOT_YET = frozenset(
    [
        "400.html",
        "403.html",
        "404.html",
        "429.html",
        "500.html",
        "account/login.html",
        "account/password_change.html",
        "accounts/agency_form.html",
        "accounts/agency_list.html",
        "accounts/agency_succeed.html",
        "accounts/invitation_accept.html",
        "accounts/invitation_join.html",
        "accounts/invitation_known.html",
        "accounts/link_show.html",
        "accounts/link_spent.html",
        "accounts/links_show.html",
        "accounts/locked_out.html",
        "accounts/membership_end.html",
        "accounts/notice_list.html",
        "accounts/password_reset.html",
        "accounts/person_correct.html",
        "accounts/person_detail.html",
        "accounts/person_invite.html",
        "accounts/person_invite_many.html",
        "accounts/person_list.html",
        "accounts/place_form.html",
        "accounts/place_list.html",
        "accounts/session_list.html",
        "assessment/answers/answer_hand_back.html",
        "assessment/answers/answer_list.html",
        "assessment/answers/answer_submit.html",
        "assessment/assignments/_assignment_row.html",
        "assessment/assignments/assignment_list.html",
        "assessment/assignments/mapping_form.html",
        "assessment/assignments/supporters_form.html",
        "assessment/checks/_check_acts.html",
        "assessment/checks/_check_row.html",
        "assessment/checks/_submission.html",
        "assessment/checks/check_detail.html",
        "assessment/checks/check_list.html",
        "assessment/citations/citation_add.html",
        "assessment/citations/citation_upload.html",
        "assessment/evidence/_evidence_line.html",
        "assessment/evidence/_leaf.html",
        "assessment/evidence/_upload_meter.html",
        "assessment/evidence/evidence_add.html",
        "assessment/evidence/evidence_detail.html",
        "assessment/evidence/evidence_list.html",
        "assessment/evidence/evidence_missing.html",
        "assessment/evidence/evidence_replace.html",
        "assessment/instruments/_instrument_change.html",
        "assessment/instruments/_instrument_summary.html",
        "assessment/instruments/instrument_confirm.html",
        "assessment/instruments/instrument_import.html",
        "assessment/instruments/instrument_preview.html",
        "assessment/tasks/_task.html",
        "assessment/tasks/_task_ready.html",
        "assessment/tasks/_task_side.html",
        "assessment/tasks/_task_supported.html",
        "assessment/tasks/task_list.html",
        "base.html",
        "bootstrap5/layout/radio_checkbox_select.html",
        "components/_bar.html",
        "components/_bar_sections.html",
        "components/_cloth_legend.html",
        "components/_empty.html",
        "components/_field_errors.html",
        "components/_form_end.html",
        "components/_form_errors.html",
        "components/_kawung.html",
        "components/_line.html",
        "components/_messages.html",
        "components/_notices.html",
        "components/_page_head.html",
        "components/_pagination.html",
        "components/_standing.html",
        "components/_trail.html",
        "components/_trail_row.html",
        "components/_typed_words.html",
        "components/_words_to_copy.html",
        "documents/_about.html",
        "documents/_chart.html",
        "documents/_contents.html",
        "documents/_cover.html",
        "documents/_draft.html",
        "documents/_evidence.html",
        "documents/_history.html",
        "documents/_problems.html",
        "documents/_recap.html",
        "documents/_rungs.html",
        "documents/_sheet.html",
        "documents/_value.html",
        "documents/dossier.html",
        "indicators/_conventions.html",
        "indicators/_filter_input.html",
        "indicators/_indicator_rows.html",
        "indicators/_scale.html",
        "indicators/_text_note.html",
        "indicators/_text_status.html",
        "indicators/indicator_detail.html",
        "indicators/indicator_list.html",
        "indicators/instrument_list.html",
    ]
)


def faults_of(name: str) -> list[str]:
    """Return what one template is not plain in."""
    text = (TEMPLATES / name).read_text()
    lines = text.splitlines()
    found = [f"line {at} is {len(line)} wide" for at, line in enumerate(lines, 1) if len(line) > WIDEST]
    if len(lines) > LONGEST:
        found.append(f"has {len(lines)} lines")
    if _depth(text) > DEEPEST:
        found.append(f"has {_depth(text)} tags inside one another")
    if _is_fragment(name) and taken_by(name) is None:
        found.append("does not say in its first line what it takes")
    return [*found, *_faults_of_includes(text)]


def taken_by(name: str) -> set[str] | None:
    """Return the names that a fragment takes by its first line; None where it does not say."""
    match = TAKEN.match((TEMPLATES / name).read_text().partition("\n")[0])
    if match is None:
        return None
    return set() if match[1].startswith("Nothing") else set(match[1].split(", "))


def _faults_of_includes(text: str) -> Iterator[str]:
    for name, given, only in INCLUDE.findall(text):
        if not (TEMPLATES / name).exists():
            continue  # another package's
        if not only:
            yield f"includes {name} without only"
        names, taken = set(re.findall(r"(\w+)=", given)), taken_by(name)
        if only and taken is not None and names != taken:
            yield f"gives {name} {sorted(names)}, which takes {sorted(taken)}"


def _depth(text: str) -> int:
    """How many tags that have an end stand inside one another at the deepest place."""
    tags = TAG.findall(text)
    blocks = {tag.removeprefix("end") for tag in tags if tag.startswith("end")}
    depth = deepest = 0
    for tag in tags:
        depth += (tag in blocks) - tag.startswith("end")
        deepest = max(deepest, depth)
    return deepest


def _is_fragment(name: str) -> bool:
    return Path(name).name.startswith("_") or name.startswith("components/")


def main() -> int:
    """Print every fault, and every name in NOT_YET that has no place there."""
    names = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html")}
    faults = {name: faults_of(name) for name in sorted(names)}
    if sys.argv[1:] == ["--list"]:
        print("\n".join(name for name, found in faults.items() if found))
        return 0
    told = [f"templates/{name}: {fault}" for name, found in faults.items() if name not in NOT_YET for fault in found]
    told += [f".ci/templates.py: {name} is in NOT_YET but fits" for name in sorted(NOT_YET) if not faults.get(name)]
    print("\n".join(told) or f"{len(names)} templates looked at, {len(NOT_YET)} of them not rebuilt yet")
    return bool(told)


if __name__ == "__main__":
    sys.exit(main())
