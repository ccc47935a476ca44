"""Files that leave the windows: the dialog that asks for one, and the pages of a PDF."""
