"""What those who run the platform watch and bound: logs, request ids, metrics, limits."""
