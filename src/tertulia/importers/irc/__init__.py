"""Logs of IRC channels: one line a message. What follows within an hour is one conversation."""
