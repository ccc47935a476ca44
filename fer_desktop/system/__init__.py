"""Operating system and native libraries: files, folders, standard error, the import of OpenCV; and statistics."""
