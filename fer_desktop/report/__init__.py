"""What leaves the program: a session as a file. docs/export.md describes the formats."""
