"""Work that takes long, done in a process of its own beside the server.

Threads that compute share one interpreter: together they are no faster than one after the
other, and they slow down every page. A helper is another Python: what it prints, draws and
warns of is its own, and the memory that it needs is free again when it ends.

=============  =============================================================
`tasks`        who asks for what, by turns: `Helpers`, `Task`, `Call`, `Shelf`
`helper`       one such process, seen from the server
`reporting`    how far a call is, told from within it
`__main__`     what the helper runs
=============  =============================================================
"""
