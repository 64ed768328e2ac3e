"""A believable province for trying out, made through the real actions."""
