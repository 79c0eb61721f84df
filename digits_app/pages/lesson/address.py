"""The step and the settings stand in the page's address, and the address decides.

So a link and a reload open the same step with the same values, and the browser's Back
returns to the step before. See `shared/addresses.py`.
"""

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from digits_app.lesson.settings import (
    CHOICES,
    LESSON,
    LIMITS,
    LessonSettings,
    SettingName,
)
from digits_app.lesson.steps import steps
from digits_app.pages.shared.addresses import OUR_CLASS, change_address, is_news

_STEP: Final = "step"
_DIGITS: Final = "digits"
_SETTINGS: Final[dict[str, SettingName]] = {
    "n_class": "n_classes",
    "random_state": "random_state",
    "hidden_units": "hidden_units",
    "max_iter": "max_iter",
    "n_train": "n_train",
    "learning_rate_init": "learning_rate_init",
    "alpha": "alpha",
}
_PARAMETERS: Final = (_STEP, *_SETTINGS)


def enter() -> tuple[int, LessonSettings]:
    """Read which step and which values the address asks for.

    Returns
    -------
    int
        The step, 1 to 9.
    LessonSettings
        The learner's values.
    """
    asked = _asked()
    for parameter, text in asked.items():
        if _value(parameter, text) is None and is_news(parameter):
            st.toast(
                f"The link asks for an unknown “{parameter}”, so the usual one is shown. "
                f"It can be {_allowed(parameter)}.",
                icon=":material/link_off:",
            )
    return _read()


def go_to(number: int) -> None:
    """Change to a step; call it in a callback."""
    _, settings = _read()
    _write(_address(number, settings))


def set_value(name: SettingName, value: float) -> None:
    """Change one of the settings; call it in a callback.

    Parameters
    ----------
    name : str
        Which.
    value : int or float
        Within its `LIMITS`, or one of its `CHOICES`.
    """
    number, settings = _read()
    changed = replace(settings, **{name: value})  # type: ignore[arg-type] # a number
    _write(_address(number, changed))


def reset_values() -> None:
    """Return to the lesson's own values; call it in a callback."""
    number, settings = _read()
    _write(_address(number, settings.lessons_own))


def leave_class() -> None:
    """Return from the digits of one's class to `load_digits`; call it in a callback."""
    number, settings = _read()
    _write(_address(number, replace(settings, our_class=False)))


def _read() -> tuple[int, LessonSettings]:
    """Read the address; where there is nothing usable, take the usual value."""
    values = {parameter: _value(parameter, text) for parameter, text in _asked().items()}
    usable: dict[str, Any] = {
        parameter: value for parameter, value in values.items() if value is not None
    }
    number = usable.pop(_STEP, 1)
    changed = {_SETTINGS[parameter]: value for parameter, value in usable.items()}
    our_class = st.query_params.get(_DIGITS) == OUR_CLASS
    return number, replace(LESSON, our_class=our_class, **changed)


def _address(number: int, settings: LessonSettings) -> dict[str, str]:
    """Name the step but for the first, and of the settings what is not the lesson's."""
    changed = {
        parameter: f"{getattr(settings, name):g}"
        for parameter, name in _SETTINGS.items()
        if getattr(settings, name) != getattr(LESSON, name)
    }
    if settings.our_class:
        changed[_DIGITS] = OUR_CLASS
    return changed if number == 1 else {_STEP: str(number), **changed}


def _write(address: dict[str, str]) -> None:
    change_address({**dict.fromkeys([*_PARAMETERS, _DIGITS]), **address})


def _asked() -> dict[str, str]:
    # Older links name the step too: "6 Ten digits".
    return {
        parameter: st.query_params[parameter].split(" ")[0]
        for parameter in _PARAMETERS
        if parameter in st.query_params
    }


def _value(parameter: str, text: str) -> int | float | None:
    """Understand what the address asks for; None where it is nonsense."""
    name = _SETTINGS.get(parameter)
    if name in CHOICES:
        return next((choice for choice in CHOICES[name] if text == f"{choice:g}"), None)
    least, greatest = _limits(parameter)
    is_number = text.isascii() and text.isdigit() and len(text) < 5
    return int(text) if is_number and least <= int(text) <= greatest else None


def _allowed(parameter: str) -> str:
    """What may stand in the address, in words."""
    name = _SETTINGS.get(parameter)
    if name in CHOICES:
        *others, last = (f"{choice:g}" for choice in CHOICES[name])
        return f"{', '.join(others)} or {last}"
    least, greatest = _limits(parameter)
    return f"{least} to {greatest}"


def _limits(parameter: str) -> tuple[int, int]:
    """Least and greatest value of a whole number."""
    return (1, len(steps())) if parameter == _STEP else LIMITS[_SETTINGS[parameter]]
