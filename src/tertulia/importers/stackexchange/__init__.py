"""Dumps of Stack Exchange sites: a folder of XML files with one `<row>` a line."""
