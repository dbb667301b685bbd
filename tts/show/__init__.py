"""Episodes are kept in a folder that is a podcast."""
