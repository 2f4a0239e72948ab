"""The worker: one process that follows the ledger and does the tasks that were left for later.

Both in one process, because each would load Django, the models and scipy for itself. Tasks run in a thread: Django's
connections belong to threads, the queue claims a task in a transaction of its own, and neither waits for the other.
"""

import logging
import os
import threading
import time

from django.core.management import call_command
from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from tertulia.cli.supervise import Stop
from tertulia.people.sessions import SessionStore
from tertulia.readings import follow

FOLLOW_EVERY_SECONDS = 1.0
# Words of somebody who never signed in end after two hours, and their row soon after that.
TIDY_EVERY_SECONDS = 60 * 60
# After an error: a database that is away comes back, and one bad act must not fill the log.
AFTER_ERROR_SECONDS = 30.0
# The supervisor kills after seven.
LAST_TASK_SECONDS = 5.0

logger = logging.getLogger(__name__)


def queue(*, batch: bool) -> Worker:
    """The queue's own loop: for ever, or as a batch until nothing waits."""
    return Worker(
        queue_names=["*"],
        interval=1,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"worker-{os.getpid()}",
        excluded_queue_names=[],
    )


def do_all_now() -> None:
    """One round of what the worker does, to its end."""
    follow.follow_all()
    queue(batch=True).run()


class Tasks(threading.Thread):
    """The queue's loop in a thread. What a failed task said is the queue's to keep."""

    def __init__(self) -> None:
        super().__init__(name="tasks", daemon=True)
        self.queue = queue(batch=False)

    def run(self) -> None:
        while self.queue.running:
            try:
                self.queue.run()
            except Exception:
                logger.exception("The tasks will go on in %g s.", AFTER_ERROR_SECONDS)
                time.sleep(AFTER_ERROR_SECONDS)

    def finish(self) -> None:
        """Takes no new task, and gives the running one a little time."""
        self.queue.running = False
        if self.queue.running_task:
            self.join(LAST_TASK_SECONDS)


def until_stopped() -> int:
    stop = Stop()
    tasks = Tasks()
    tasks.start()
    tidy_at = time.monotonic()
    while not stop.asked:
        # As Django does around a request: a connection that broke is not used again.
        close_old_connections()
        try:
            follow.follow_all()
            if time.monotonic() >= tidy_at:
                tidy()
                tidy_at += TIDY_EVERY_SECONDS
        except Exception:
            # The worker outlives any single error: the pages must stay up, and the next round begins at the cursor.
            logger.exception("The worker will go on in %g s.", AFTER_ERROR_SECONDS)
            stop.wait(AFTER_ERROR_SECONDS)
        stop.wait(FOLLOW_EVERY_SECONDS)
    tasks.finish()
    return 0


def tidy() -> None:
    """Sessions that ended, and tasks done two weeks ago: nobody needs them, and they speak of people."""
    SessionStore.clear_expired()
    call_command("prune_db_task_results", verbosity=0)
