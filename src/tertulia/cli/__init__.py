"""The command line: it parses, says things plainly, and keeps the processes alive."""
