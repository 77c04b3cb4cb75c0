"""What comes from outside as a file: received and hashed, named, typed by content, checked by structure, kept."""
