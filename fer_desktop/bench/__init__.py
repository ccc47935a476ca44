"""How fast and how well the program works, measured on its real parts."""
