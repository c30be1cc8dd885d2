"""The engine: from a network and a domain to all full-dimensional cells, with their generators."""
