"""Every window as a picture: set up, drawn, and compared with a reference picture."""
