"""Sources of frames: a window, a region or a monitor of the screen, a camera, a video, pictures."""
