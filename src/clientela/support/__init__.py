"""Support: what people ask of whoever runs the installation, and whether the help helped."""
