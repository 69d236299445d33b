"""Bills and their attachments."""
