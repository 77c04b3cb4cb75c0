"""What is answered, when, and with what result."""
