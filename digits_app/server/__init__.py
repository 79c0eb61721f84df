"""What surrounds the app on its server: the start, the log, the protection.

Nothing here imports `digits_app` before the server listens: scikit-learn alone takes
longer than the rest of the start.
"""
