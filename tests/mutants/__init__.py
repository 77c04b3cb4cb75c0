"""Does a test notice? The product is broken in hundreds of small ways, one at a time, and what nobody noticed is named.

mutmut 3 was looked at: it starts the tests anew for each break, or keeps one process in which Django's settings, the
database and the imported steps are already fixed. Here one process collects the tests and makes the database once; for
each break it forks, puts the broken code in the place of the good one, and runs the tests that reach it.
"""
