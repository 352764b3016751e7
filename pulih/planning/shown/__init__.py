"""Values that the pages of planning show, made of stored rows: no template computes."""
