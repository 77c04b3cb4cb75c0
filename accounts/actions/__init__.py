"""What people do to places and people."""
