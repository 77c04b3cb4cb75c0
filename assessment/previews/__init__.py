"""Pages of PDFs and images as pictures, drawn in a process of its own with limits and kept by SHA-256."""
