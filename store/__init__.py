"""KEEP AND ASK. Claims, reports and places in one DuckDB file."""
