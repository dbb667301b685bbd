"""Dutch as a newsreader says it: written text becomes spoken text."""
