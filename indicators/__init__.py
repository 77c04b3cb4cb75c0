"""What is asked: a versioned catalogue that knows neither people nor years."""
