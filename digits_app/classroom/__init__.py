"""A class: pupils who write digits on their phones, one wall, and their own data set.

==============  ==================================================================
`place`         where that is, and for how long: settings
`store`         where a class is kept: the tables, SQLite or PostgreSQL
`joining`       keys, links and codes: who gets in, and as which animal
`animals`       sixty animals of 8×8 pixels in place of names
`class_digits`  the digits of a class as arrays
`wall`          digits written, held back, hidden, taken out; what is new
`ending`        everything erased, by the teacher or after a day
`results`       how a network reads the class, with an interval over pupils
`leaving_out`   readers that never saw a pupil read that pupil's digits
`export`        `.npz`, CSV, strokes as JSON, and a notebook that runs
==============  ==================================================================
"""
