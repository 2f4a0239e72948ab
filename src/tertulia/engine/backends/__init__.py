"""Where the folds run: one contract, DuckDB in process, Spark on a cluster."""
