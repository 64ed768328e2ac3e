"""HTTP lives here, by door: who comes in."""
