"""Sources of frames: a region or a window of the screen, a video file, pictures, a camera."""
