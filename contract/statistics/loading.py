"""Loads scipy and statsmodels before somebody waits for the first figure."""


def load_statistics() -> None:
    """Load what the functions of this package import where they are used; takes most of a second."""
    import statsmodels.stats.proportion
    import statsmodels.stats.weightstats  # noqa: F401 - loaded is all they have to be
