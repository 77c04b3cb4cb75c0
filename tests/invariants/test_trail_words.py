"""The trail reads as sentences: each verb in the code has its words, and no words are left over."""

import ast
import re
from pathlib import Path

from accounts.audit import SENTENCES

CODE = Path(__file__).parent.parent.parent
VERB = re.compile(r"[a-z]+\.[a-z_]+")
APPS = ("accounts", "assessment", "indicators")
WRITERS = [
    *CODE.glob("*/actions/*.py"),
    *CODE.glob("assessment/workflow/*.py"),
    CODE / "accounts/sessions.py",
]


def verbs():
    """Every text that looks like a verb of the trail, where the trail is written; permissions begin with an app."""
    for path in WRITERS:
        for node in ast.walk(ast.parse(path.read_text())):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if VERB.fullmatch(text) and text.partition(".")[0] not in APPS:
                yield text


def test_every_verb_has_words():
    assert set(verbs()) - set(SENTENCES) == set()


def test_no_words_without_a_verb():
    assert set(SENTENCES) - set(verbs()) == set()
