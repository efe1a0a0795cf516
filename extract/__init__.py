"""TEXT -> WHAT WAS SAID. Reads reports and finds places, counts and statements; knows no coordinates."""
