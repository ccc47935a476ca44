"""The networks, each a function that builds a Keras model."""
