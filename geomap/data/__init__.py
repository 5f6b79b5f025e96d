"""Tables of the program: event types, trigger words, word lists."""
