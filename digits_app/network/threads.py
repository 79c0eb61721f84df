"""One BLAS thread for the whole process.

The matrices of this app are so small that more threads only wait for each other: on a
busy machine of two cores the lesson's fit took ten times as long with two threads. The
limit belongs to the process, not to a block of code: two blocks that overlap in time
each restore what they found, and the last one leaves whatever the first had set.
"""

from functools import cache


@cache
def use_one_blas_thread() -> None:
    """Limit BLAS to one thread, from now on and for all that runs in this process.

    To use more again: `threadpoolctl.threadpool_limits(limits=4, user_api="blas")`.
    """
    # The limit reaches only what is loaded: NumPy brings a BLAS, and SciPy its own.
    import scipy.linalg  # noqa: F401
    from threadpoolctl import threadpool_limits

    threadpool_limits(limits=1, user_api="blas")
