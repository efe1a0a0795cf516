"""The net, and the only place that goes there: only to addresses that a user gave, and to what they lead to."""
