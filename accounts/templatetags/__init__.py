"""Tags of the frame and of forms."""
