"""`python -m ketenreis` is the command line."""

import sys

from ketenreis.cli import main

if __name__ == "__main__":
    sys.exit(main())
