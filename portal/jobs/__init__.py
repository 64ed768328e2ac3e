"""Work that is done later: the queue table and the worker."""
