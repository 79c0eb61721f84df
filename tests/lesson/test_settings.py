import pytest

from digits_app.lesson.settings import CHOICES, FEW, LESSON, LIMITS, LessonSettings


@pytest.mark.parametrize("name", LIMITS)
def test_only_whole_numbers_within_the_limits_pass(name):
    least, greatest = LIMITS[name]
    for value in (least, greatest):
        assert getattr(LessonSettings(**{name: value}), name) == value
    for value in (least - 1, greatest + 1, float(least), str(least), None, True):
        with pytest.raises(ValueError, match=name):
            LessonSettings(**{name: value})


@pytest.mark.parametrize("name", CHOICES)
def test_only_the_choices_pass(name):
    for choice in CHOICES[name]:
        settings = LessonSettings(**{name: choice})
        assert (f"{name}={choice:g}" in settings.model_call()) == (settings != LESSON)
    for value in (5.0, 1, "0.1", None, True, float("nan")):
        with pytest.raises(ValueError, match=name):
            LessonSettings(**{name: value})


def test_a_few_training_digits_are_the_first_ones():
    assert LESSON.fit_call == "mlp.fit(X_train, y_train)"
    few = LessonSettings(n_train=FEW)
    assert few.fit_call == "mlp.fit(X_train[:60], y_train[:60])"
    assert few.with_first_digits() == LESSON


def test_a_visitors_text_never_gets_into_the_code():
    with pytest.raises(ValueError, match="max_iter"):
        LessonSettings(max_iter="200)\nimport os  #")


def test_steps_with_all_digits_do_not_depend_on_the_number_of_classes():
    assert LessonSettings(n_classes=7).with_all_digits() == LESSON
