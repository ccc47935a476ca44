"""The operating system and native libraries: files, folders, standard error, the import of OpenCV."""
