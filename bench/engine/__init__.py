"""What the engine costs, beside its floor and its peers. Run by `make bench-engine`; no part of the package."""
