"""The environment in the browser: one folder per feature, on the library; only here is Django known.

A feature folder holds `urls.py`, `views.py`, its templates under `templates/<feature>/` and its sentences in `nl.toml` and
`en.toml`; `features.py` lists it, and that is all it takes.
"""
