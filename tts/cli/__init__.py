"""The command `voorlezer`: arguments, printing and exit codes; no work of its own."""
