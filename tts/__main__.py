"""`python -m tts` is the command `voorlezer`."""

from tts.cli.main import main

main()
