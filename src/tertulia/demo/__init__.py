"""The Long Table: a demo community, written out (docs/reference/demo.md) and played through the real actions."""
