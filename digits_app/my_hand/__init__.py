"""My hand: test how well one's own digits are read, teach a network, keep the digits.

=============  ==============================================================
`prompts`      which twenty digits to write, in which order
`digits`       one's own digits: strokes, label, and the copies a network sees
`scoring`      how many were read right, and where that stands among strangers
`strangers`    digits by 134 other writers, prepared once and shipped
`teaching`     a copy of a classifier learns from one's own digits
`gain`         what that brought: three sets of digits, read before and after
`files`        download and load again: `.npz`, `.csv`, strokes as JSON
=============  ==============================================================
"""
