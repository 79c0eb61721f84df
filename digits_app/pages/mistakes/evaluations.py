"""How the networks of a session do on the test split."""

from digits_app.mistakes.evaluation import Evaluation, evaluate
from digits_app.pages import caches
from digits_app.pages.shared.networks import Network, classifier_of


def evaluation_by(network: Network) -> Evaluation:
    """What a network makes of the test split; the visitor's own is never shared."""
    if network.training == "mine":
        return evaluate(classifier_of(network), network.n_classes)
    return caches.evaluation_of_test_split(network.n_classes, network.training)
