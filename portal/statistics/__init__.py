"""Numbers for everybody that say nothing of anybody: measured with noise once, frozen, read ever after."""
