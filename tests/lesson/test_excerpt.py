from digits_app import preprocessing
from digits_app.lesson.excerpt import excerpt


def test_an_excerpt_runs_by_itself_and_holds_only_what_it_needs():
    code = excerpt(preprocessing, ["block_counts"])
    namespace = {}
    exec(code, namespace)
    assert namespace["MAX_INTENSITY"] == 16
    assert "def block_counts" in code
    assert "def deslant" not in code
    assert "digits_app" not in code


def test_docstrings_are_cut_to_their_first_line():
    code = excerpt(preprocessing, ["block_counts"])
    first, second = preprocessing.block_counts.__doc__.splitlines()[0], "Returns"
    assert f'"""{first}"""' in code
    assert second not in code


def test_the_code_below_the_docstring_is_the_apps_own(seven):
    namespace = {}
    exec(excerpt(preprocessing, ["prepare_image"]), namespace)
    assert (namespace["prepare_image"](seven) == preprocessing.prepare_image(seven)).all()
