"""Signed papers come back: scans and photos find the paper whose code they carry."""
