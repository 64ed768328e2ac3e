"""Who reported: sealed at filing, opened only by whoever holds a key of the body that may know."""
