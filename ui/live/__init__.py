"""The live window and its parts."""
