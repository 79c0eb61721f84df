"""What browsers are told, and what nobody is told."""

import base64
import hashlib
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import streamlit

from digits_app.server.headers import content_security_policy
from tests.support.serving import PATIENCE, Server, run_server

INDEX = Path(streamlit.__file__).parent / "static" / "index.html"


def rules(policy: str) -> dict[str, list[str]]:
    parts = (rule.split() for rule in policy.split(";"))
    return {name: values for name, *values in parts}


def test_only_our_scripts_run():
    """And the inline script of Streamlit's page, known by its hash."""
    policy = rules(content_security_policy(INDEX.read_text()))
    inline = [part for part in policy["script-src"] if part.startswith("'sha256-")]
    script = INDEX.read_text().split("<script>")[1].split("</script>")[0]
    digest = hashlib.sha256(script.encode()).digest()
    assert inline == [f"'sha256-{base64.b64encode(digest).decode()}'"]
    assert set(policy["script-src"]) == {"'self'", "blob:", *inline}


def test_no_other_site_is_asked_or_may_frame_us():
    policy = rules(content_security_policy(INDEX.read_text()))
    for name, values in policy.items():
        assert not any("://" in value or value == "*" for value in values), name
    assert policy["frame-ancestors"] == ["'self'"]


def test_a_site_may_frame_us_if_it_is_named():
    policy = rules(content_security_policy("", ["https://school.example"]))
    assert policy["frame-ancestors"] == ["'self'", "https://school.example"]


@pytest.mark.parametrize(
    "path", ["/", "/mistakes", "/_stcore/health", "/no-such-file.js", "/ready"]
)
def test_every_answer_has_the_headers(healthy_server: Server, path: str):
    try:
        response = urllib.request.urlopen(healthy_server.address + path, timeout=PATIENCE)
    except urllib.error.HTTPError as error:
        response = error
    with response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_the_metrics_are_closed(healthy_server: Server):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(
            f"{healthy_server.address}/_stcore/metrics", timeout=PATIENCE
        )


@pytest.mark.parametrize(
    "path", ["/_stcore/agent/openapi.json", "/_stcore/script-health-check", "/_stcore/new"]
)
def test_what_no_page_needs_of_streamlits_own_is_closed(healthy_server: Server, path: str):
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(healthy_server.address + path, timeout=PATIENCE)


def test_the_metrics_open_for_who_asks(tmp_path: Path):
    with run_server(tmp_path / "log", environment={"DIGITS_METRICS": "1"}) as server:
        metrics = f"{server.address}/_stcore/metrics"
        with urllib.request.urlopen(metrics, timeout=PATIENCE) as response:
            assert b"active_sessions" in response.read()


def test_under_another_name_a_page_gets_a_sentence(healthy_server: Server):
    request = urllib.request.Request(
        healthy_server.address, headers={"Host": "evil.example"}
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=PATIENCE)
    with caught.value as refusal:
        assert refusal.code == 421
        assert b"STREAMLIT_SERVER_ALLOWED_HOSTS" in refusal.read()
