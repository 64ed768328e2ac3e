"""The tamper-evident log: each event is a leaf from the first one."""
