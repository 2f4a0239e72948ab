"""What people read and code: how it is drawn, how it is made blind, and what their sheets look like."""
