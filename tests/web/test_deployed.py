"""On a public name every safeguard of the framework is on; on this machine alone no account and no certificate are needed."""

import os
import subprocess
import sys

CHECK = ("-m", "django", "check", "--deploy", "--fail-level", "WARNING")
START = ("-c", "from django.conf import settings; assert settings.SECRET_KEY")


def checked(folder, words=CHECK, **environment):
    return subprocess.run(
        [sys.executable, *words],
        env={
            # Playwright's event loop is a matter of these tests, not of a deployment.
            **{name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"},
            "KETENREIS_FOLDER": str(folder),
            "DJANGO_SETTINGS_MODULE": "ketenreis.web.settings",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_frameworks_own_check_finds_nothing_on_a_public_name(tmp_path):
    told = checked(tmp_path, KETENREIS_HOSTS="reis.example")
    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout + told.stderr


def test_on_this_machine_only_encryption_is_left_out(tmp_path):
    told = checked(tmp_path, KETENREIS_HOSTS="")
    warned = {line.split("(")[1].split(")")[0] for line in told.stderr.splitlines() if "(security." in line}
    assert warned == {"security.W004", "security.W008", "security.W016"}


def test_the_key_that_signs_cookies_is_made_once_and_kept_to_oneself(tmp_path):
    assert checked(tmp_path, START).returncode == 0
    key = tmp_path / "keys" / "web"
    first = key.read_text(encoding="ascii")
    assert checked(tmp_path, START).returncode == 0
    assert key.read_text(encoding="ascii") == first
    assert len(first) > 60
    assert key.stat().st_mode & 0o077 == 0
