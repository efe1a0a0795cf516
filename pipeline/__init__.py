"""THE CORRIDOR. The one place that joins extract, geo and store."""
