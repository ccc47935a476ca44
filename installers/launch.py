"""The installed program's start. A worker process of an analysis starts the same file, and must become that worker."""

import multiprocessing
import sys

import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main.main())
