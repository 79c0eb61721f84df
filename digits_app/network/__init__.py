"""The classifiers, what they are made of, and their shipped weights."""
