"""What the browser keeps for us."""

import pytest


def test_what_is_kept_is_there_after_a_reload_and_gone_when_forgotten(run, blank):
    run("kept.js", "keep(TAB, 'pen', { width: 12 })")
    blank.reload()
    assert run("kept.js", "kept(TAB, 'pen')") == {"width": 12}
    assert run("kept.js", "kept(BROWSER, 'pen')") is None
    assert run("kept.js", "(keep(TAB, 'pen', null), kept(TAB, 'pen'))") is None


def test_what_is_no_json_is_nothing(run, blank):
    blank.evaluate("sessionStorage.setItem('pen', '{{{')")
    assert run("kept.js", "kept(TAB, 'pen')") is None


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new Error('full'); }",
        "Object.defineProperty(globalThis, 'sessionStorage',"
        " { get() { throw new Error('switched off'); } })",
    ],
    ids=["full", "switched off"],
)
def test_without_storage_it_is_kept_until_the_next_load(run, blank, broken):
    blank.evaluate(f"() => {{ {broken} }}")
    assert run("kept.js", "(keep(TAB, 'pen', 3), kept(TAB, 'pen'))") == 3
    assert run("kept.js", "(forgetAll(TAB, 'pe'), kept(TAB, 'pen'))") is None


def test_all_of_one_beginning_are_forgotten_and_no_others(run):
    left = run(
        "kept.js",
        "(['box-1', 'box-2', 'key'].forEach((name) => keep(BROWSER, name, 1)),"
        " forgetAll(BROWSER, 'box'), Object.keys(localStorage))",
    )
    assert left == ["key"]
