"""Where the app runs the lesson's code, it does what a notebook would."""

import pickle
import warnings
from io import BytesIO
from itertools import count

import numpy as np
import pytest
from PIL import Image
from sklearn import neural_network
from sklearn.datasets import load_digits
from sklearn.metrics import log_loss
from sklearn.model_selection import train_test_split
from threadpoolctl import threadpool_info

from digits_app.lesson.flow import follow
from digits_app.lesson.learning import WatchedClassifier
from digits_app.lesson.running import base, run_base, run_source
from digits_app.lesson.settings import FEW, LESSON, LessonSettings
from digits_app.lesson.steps import step, steps

DRAW = "import matplotlib.pyplot as plt\nimport numpy as np\n"


def picture(source: str, **options) -> Image.Image:
    (png,) = run_source(DRAW + source, {}, **options).pictures
    return Image.open(BytesIO(png)).convert("RGBA")


def test_a_training_stopped_early_carries_scikit_learns_warning():
    made = run_base(6, LessonSettings(max_iter=5))
    assert "Maximum iterations (5) reached" in made.warning
    assert made.network.n_iter_ == 5


def test_as_many_iterations_as_it_takes_are_enough(lesson):
    """At exactly that number the training has converged, and nothing warns."""
    n_iterations = lesson.base(4).network.n_iter_
    assert run_base(4, LessonSettings(max_iter=n_iterations)).warning is None
    assert run_base(4, LessonSettings(max_iter=n_iterations - 1)).warning is not None


def test_every_training_is_warned_of_and_no_other_warning_is_kept(monkeypatch):
    """Python shows a warning only once, unless somebody hears it."""
    assert [run_base(4, LessonSettings(max_iter=2)).warning is None for _ in range(2)] == [
        False,
        False,
    ]
    calls = count()
    theirs = WatchedClassifier.fit

    def fit(self, X, y):
        warnings.warn(f"for the log {next(calls)}", UserWarning, stacklevel=1)
        return theirs(self, X, y)

    monkeypatch.setattr(WatchedClassifier, "fit", fit)
    with pytest.warns(UserWarning, match="for the log 0"):
        assert "Maximum iterations" in run_base(4, LessonSettings(max_iter=2)).warning


def test_only_the_lessons_own_network_is_watched():
    run_source("from sklearn.neural_network import MLPClassifier", names := {})
    assert names["MLPClassifier"] is WatchedClassifier
    assert neural_network.MLPClassifier is not WatchedClassifier


def test_a_network_without_a_random_state_follows_the_learners_chance():
    assert "random_state" not in step(4).cells[0].source(LESSON).split("MLPClassifier(")[1]
    first, again, other = (
        run_base(4, LessonSettings(random_state=chance, max_iter=2)).network
        for chance in (5, 5, 6)
    )
    assert np.array_equal(first.coefs_[0], again.coefs_[0])
    assert not np.array_equal(first.coefs_[0], other.coefs_[0])


def test_one_thread_computes():
    run_source("import numpy", {})
    assert {pool["num_threads"] for pool in threadpool_info()} == {1}


def test_what_is_behind_a_step_is_the_nearest_training_or_the_first_step():
    found = [base(this).number for this in steps()]
    assert found == [1, 1, 1, 4, 4, 6, 6, 6, 6]


def test_a_matrix_is_drawn_in_its_greys_as_squares():
    drawn = picture(
        "plt.matshow(np.eye(2), cmap=plt.cm.gray); plt.xticks(()); plt.yticks(())"
    )
    width, height = drawn.size
    assert abs(width - height) <= 1
    middles = [(x * width // 4, y * height // 4) for y in (1, 3) for x in (1, 3)]
    assert [drawn.getpixel(middle)[0] for middle in middles] == [255, 0, 0, 255]


def test_a_wide_picture_is_not_wider_than_a_page():
    assert 1000 < picture("plt.matshow(np.zeros((10, 100)))").width <= 1500
    assert picture("plt.plot([1, 2])").width > 800


def test_every_picture_begins_anew_and_what_is_not_shown_is_shown_at_the_end():
    source = "plt.plot([0, 1]); plt.show(); plt.plot([1, 0]); plt.xlabel('x')"
    first, second = run_source(DRAW + source, {}).pictures
    assert first != second
    (again,) = run_source(DRAW + "plt.plot([0, 1])", {}).pictures
    assert again == first


def test_text_takes_the_colour_of_the_theme_and_the_ground_is_transparent():
    dark = picture("plt.plot([0, 1])", foreground="#eceae4")
    assert dark.getpixel((0, 0))[3] == 0
    colours = {colour[:3] for _, colour in dark.getcolors(1 << 20) if colour[3] == 255}
    assert (0xEC, 0xEA, 0xE4) in colours
    assert (0, 0, 0) not in colours


def test_what_fails_leaves_nothing_behind():
    with pytest.raises(ZeroDivisionError):
        run_source(DRAW + "plt.plot([1, 2]); 1 / 0", {})
    assert run_source(DRAW + "plt.plot([1, 2])", {}).pictures[1:] == ()
    assert neural_network.MLPClassifier is not WatchedClassifier


def test_nobody_can_change_what_others_build_on(lesson):
    values = pickle.loads(pickle.dumps(lesson.base(6))).values
    for name in ("X", "y", "X_test"):
        with pytest.raises(ValueError, match="read-only"):
            values[name][0] = 1


def test_a_changed_setting_brings_the_random_state_into_the_code():
    """Run elsewhere, the notebook then gives the figures of the page."""
    changed = LessonSettings(hidden_units=50)
    assert "MLPClassifier()" in step(4).cells[0].source(LESSON)
    assert "random_state=2,\n    hidden_layer_sizes" in step(4).cells[0].source(changed)


def test_few_digits_are_learned_by_heart():
    """The loss of the training digits falls away; that of the test digits stays behind."""
    few = run_base(6, LessonSettings(n_train=FEW))
    network, test = few.network, (few.values["X_test"], few.values["y_test"])
    assert len(test[1]) == 450
    assert network.loss_ < 0.01
    last = few.replay.test_losses[-1]
    assert last == pytest.approx(
        log_loss(test[1], network.predict_proba(test[0])), rel=1e-4
    )
    assert last > 1
    assert few.replay.n_right[-1] == round(network.score(*test) * 450) < 350


def test_a_digit_that_is_not_among_the_few_keeps_its_place():
    chance = next(chance for chance in range(100) if n_known(chance) < 10)
    few = run_base(6, LessonSettings(n_train=FEW, random_state=chance, max_iter=30))
    assert len(few.network.classes_) == 9
    X_test, y_test = few.values["X_test"], few.values["y_test"]
    answers = few.network.predict(X_test)
    assert few.replay.n_right[-1] == (answers == y_test).sum()
    flows = [follow(few.network, pixels) for pixels in X_test[:50]]
    assert [flow.label for flow in flows] == answers[:50].tolist()
    assert {len(flow.probabilities) for flow in flows} == {few.network.classes_[-1] + 1}


def n_known(chance: int) -> int:
    """How many digits are among the first of the training digits."""
    X, y = load_digits(return_X_y=True)
    _, _, y_train, _ = train_test_split(X, y, random_state=chance)
    return len(set(y_train[:FEW]))
