"""Which records are one firm: files in, clusters and explained pairs out. No Django, no database.

`link` and `prepare` in `run.py` are what `pulih link` and `pulih link-index` call. Start reading
at `model.py`.
"""
