"""Commands about people and the trail."""
