import dataclasses

import numpy as np

from digits_app.dataset import load_split
from digits_app.network.committee import as_pipeline, merge_networks
from digits_app.network.features import N_FEATURES
from digits_app.network.weight_files import GUARD_FILE, load_pipeline
from digits_app.training.augmentation import jumble
from digits_app.training.guard import (
    GUARD_RECIPE,
    NO_DIGIT,
    fit_guards,
    write_strangers,
)

SMALL = dataclasses.replace(
    GUARD_RECIPE,
    random_states=(1,),
    copies=2,
    drawings=300,
    hidden_layer_sizes=(40,),
    stages=((8, 1e-3),),
)


def test_a_small_guard_tells_digits_from_strangers_it_never_saw():
    guard = as_pipeline(merge_networks(fit_guards(SMALL)))
    assert guard.classes_.tolist() == list(range(11))
    digits, strangers = load_split(10).X_test, write_strangers(SMALL, random_state=99)
    assert np.mean(guard.predict(digits) == NO_DIGIT) < 0.2
    assert np.mean(guard.predict(strangers) == NO_DIGIT) > 0.7


def test_the_same_recipe_fits_the_same_guard():
    tiny = dataclasses.replace(SMALL, copies=1, drawings=30, stages=((2, 1e-3),))
    (first,), (again,) = fit_guards(tiny), fit_guards(tiny)
    assert all(map(np.array_equal, first.coefs_, again.coefs_))


def test_the_shipped_guard_has_the_recipes_shape():
    shipped = load_pipeline(GUARD_FILE)[-1]
    n_networks = len(GUARD_RECIPE.random_states)
    hidden = [n_networks * size for size in GUARD_RECIPE.hidden_layer_sizes]
    assert [len(c) for c in shipped.coefs_] == [N_FEATURES, *hidden]
    assert shipped.n_outputs_ == 11


def test_the_shipped_guard_tells_test_digits_from_jumbles():
    guard = load_pipeline(GUARD_FILE)
    # Some jumbles make a digit after all: two halves of 1s, say.
    jumbles = jumble(load_split(10).X_train, np.random.default_rng(99))
    assert np.mean(guard.predict(load_split(10).X_test) == NO_DIGIT) < 0.03
    assert np.mean(guard.predict(jumbles) == NO_DIGIT) > 0.6
