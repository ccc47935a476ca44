"""Sources of frames: a region of the screen, a video file, pictures, a camera."""
