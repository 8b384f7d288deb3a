"""The other programs: how each is given the same papers, and how it is run. Their templates are in sites/."""
