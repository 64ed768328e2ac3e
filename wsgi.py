"""The WSGI application, made of the settings in .env and the environment (which wins)."""

import gc
import os

from config import ROOT, from_environment, load_env_file
from portal import create_app

load_env_file(ROOT / ".env", os.environ)
app = create_app(from_environment(os.environ))
gc.freeze()  # what is made at the start stays: looking through it took 120 ms of every three hundredth request
