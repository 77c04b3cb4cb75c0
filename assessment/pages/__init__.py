"""What one page shows, one module a room: a page never writes."""
