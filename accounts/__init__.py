"""Who and where: people, places, memberships, the trail."""
