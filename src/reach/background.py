"""Work that steps back behind people who are reading: an import takes the time of the processors that pages leave over."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
# Of two threads that both want a processor, one so much nicer gets about a tenth of the time, and all of it where nobody else wants it.
NICE = 10


def step_back() -> None:
    """Has the calling thread, and those that it starts from now on, step back behind others, for good.

    Only Linux knows a niceness of one thread; elsewhere it is of the whole process, and nothing is done.
    """
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


def beside_readers(work: Callable[[], T]) -> T:
    """What ``work`` gives or raises, done in a thread of its own that steps back, while the caller waits.

    It is a new thread each time, since a thread that has stepped back may not step forward again.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="beside-readers", initializer=step_back) as worker:
        return worker.submit(work).result()
