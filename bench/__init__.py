"""Speed and quality figures, with the floors that they may not fall below."""
