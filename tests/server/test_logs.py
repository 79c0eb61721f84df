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
