"""Operating system and native libraries: files, folders, checked model files, standard error, OpenCV; statistics."""
