"""The network architectures, each a function that builds a Keras model."""
