"""The pages: they speak HTTP and decide nothing."""
