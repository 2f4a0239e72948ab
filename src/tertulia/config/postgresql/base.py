"""The name `base` and the class are where Django looks for them."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Asked once for each page. Django asks the server, which costs as much as one query more.

        A server that ends a connection, or ends itself, says so or closes its side: then there is something to read
        where nothing was asked. Only then is the server asked. What was cut without a word is found by the next query.
        """
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return super().is_usable() if waiting.poll(0) else True
