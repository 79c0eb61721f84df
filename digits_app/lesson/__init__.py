"""The lesson: its steps, how they run here, and how they leave as a file.

=================  =========================================================
`settings`         what a learner may change, and how far
`step`             what a step is made of
`steps`            the nine steps: the one source of their text and code
`learning`         a `fit` to watch: the weights as they were on the way
`running`          runs the code of a step and keeps what it prints, draws and makes
`replay`           a training to watch again
`looking`          the pictures that a step can look at
`flow`             one digit on its way through the network
`preparation_lab`  the five steps to 8x8, each to be left out
`export`           the whole lesson as a notebook and as a script
=================  =========================================================
"""
