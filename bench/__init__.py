"""What Tertulia costs, measured: its pages, an import, a version. Run by `make bench`; no part of the package."""
