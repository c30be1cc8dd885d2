"""Reports: a folder with everything that is known of one complex, for readers and for a paper."""
