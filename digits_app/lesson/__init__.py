"""The lesson: its steps, how they run here, and how they leave as a file.

=================  =========================================================
`settings`         what a learner may change, and how far
`steps`            every step: its text and its code, the one source of both
`drawing_board`    the `plt` of the lesson, for many visitors at once
`running`          runs the code of a step and keeps what it prints and draws
`training`         fits in the background, with progress, shared by all
`export`           the whole lesson as a notebook and as a script
=================  =========================================================
"""
