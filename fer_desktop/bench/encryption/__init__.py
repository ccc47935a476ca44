"""What encrypted lessons cost: `bench-encryption`."""
