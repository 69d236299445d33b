"""Every read of correspondence."""
