import pytest

from digits_app.lesson.settings import LESSON, LIMITS, LessonSettings


@pytest.mark.parametrize("name", LIMITS)
def test_only_whole_numbers_within_the_limits_pass(name):
    least, greatest = LIMITS[name]
    for value in (least, greatest):
        assert getattr(LessonSettings(**{name: value}), name) == value
    for value in (least - 1, greatest + 1, float(least), str(least), None, True):
        with pytest.raises(ValueError, match=name):
            LessonSettings(**{name: value})


def test_a_visitors_text_never_gets_into_the_code():
    with pytest.raises(ValueError, match="max_iter"):
        LessonSettings(max_iter="200)\nimport os  #")


def test_steps_with_all_digits_do_not_depend_on_the_number_of_classes():
    assert LessonSettings(n_classes=7).with_all_digits() == LESSON
