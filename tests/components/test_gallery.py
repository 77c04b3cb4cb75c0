"""The gallery shows every component, with DEBUG alone, and asks nothing of the database: no test here has one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.templatetags import components
from config.gallery import COMPONENTS
from tests.invariants.policy import POLICY

pytestmark = pytest.mark.once

ROOT = Path(__file__).parent.parent.parent
ASKED = (
    "import django; django.setup(); from django.urls import get_resolver; "
    "print('gallery' in get_resolver().reverse_dict)"
)


def test_every_component_stands_in_the_gallery():
    assert sorted(component.name for component in COMPONENTS) == sorted(components.register.tags)


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_every_sample_calls_its_component_and_no_two_are_alike(component):
    calls = [sample.call for sample in component.samples]

    assert calls
    assert len(calls) == len(set(calls))
    assert [call for call in calls if f"{{% {component.name} " not in call] == []


@pytest.mark.urls("config.gallery")
def test_gallery_shows_every_sample_and_its_call_to_whoever_asks():
    html = Client().get("/komponen/").text

    for component in COMPONENTS:
        assert f'id="{component.name}"' in html
    assert "{% notice &quot;info&quot; &quot;info&quot; %}" in html
    assert '<div class="notice notice-info">' in html
    assert html.count("<figure") == sum(len(component.samples) for component in COMPONENTS)


@pytest.mark.urls("config.gallery")
def test_gallery_takes_nothing():
    assert Client().post("/komponen/").status_code == 405


def test_address_is_unknown_without_debug():
    with pytest.raises(NoReverseMatch):
        reverse("gallery")
    assert "gallery" not in {row.name for row in POLICY}


@pytest.mark.parametrize(("debug", "there"), [("true", "True"), ("false", "False")])
def test_address_is_there_with_debug_alone(debug, there, tmp_path):
    environment = {
        **os.environ, "DEBUG": debug, "DATA_DIR": str(tmp_path), "SECRET_KEY": "x" * 50,
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip

    ran = subprocess.run(
        [sys.executable, "-c", ASKED], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=60, text=True
    )

    assert ran.stdout.strip() == there
