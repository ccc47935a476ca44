"""Every window as a picture: how it is set up, drawn, and compared with how it looked."""
