"""Many articles become episodes: on all cores of this machine, or on a cluster."""
