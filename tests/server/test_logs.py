import io
import json
import logging
import sys

from digits_app.server.logs import JsonLineRecord, describe_error


def record(message: str, *args: object, exc_info=None) -> JsonLineRecord:
    return JsonLineRecord(
        "digits", logging.ERROR, __file__, 1, message, args, exc_info, "caller"
    )


def test_a_record_is_one_line_of_json():
    line = record("first\nsecond %d", 2).getMessage()
    assert "\n" not in line
    parsed = json.loads(line)
    assert parsed["event"] == "first\nsecond 2"
    assert parsed["level"] == "error"
    assert parsed["time"].endswith("Z")


def test_an_error_is_located_but_not_quoted():
    try:
        raise ValueError("M 80 60 L 130 230")
    except ValueError:
        line = record("failed", exc_info=sys.exc_info()).getMessage()
    assert "M 80 60" not in line
    parsed = json.loads(line)
    assert parsed["error"] == "ValueError"
    assert parsed["where"][-1].endswith("test_an_error_is_located_but_not_quoted")


def test_a_missing_module_is_named():
    error = ModuleNotFoundError("No module named 'scipy'")
    assert describe_error((type(error), error, None))["reason"] == "No module named 'scipy'"


def test_without_an_error_nothing_is_added():
    assert describe_error(None) == {}
    assert describe_error((None, None, None)) == {}


def test_a_session_id_is_blotted_out():
    session = "0f9a31c6-2a36-4c7e-9be5-6f2b1a5f0e77"
    line = record("Disconnecting %s (%s)", session, session.upper()).getMessage()
    assert session not in line.lower()
    assert json.loads(line)["event"] == "Disconnecting … (…)"


def test_an_error_tracker_sees_the_exception_and_the_log_stays_one_line():
    seen: list[BaseException | None] = []

    class Tracker(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record.exc_info[1] if record.exc_info else None)

    printed = io.StringIO()
    handlers = [logging.StreamHandler(printed), Tracker(), logging.StreamHandler(printed)]
    error = ValueError("M 80 60 L 130 230")
    failed = record("failed", exc_info=(ValueError, error, None))
    for handler in handlers:
        handler.handle(failed)
    assert seen == [error]
    first, second = printed.getvalue().splitlines()
    assert first == second
    assert json.loads(first)["error"] == "ValueError"
    assert "M 80 60" not in first
