"""Ratios, not seconds: the product beside a bare Django module, in turns, under the same server."""
