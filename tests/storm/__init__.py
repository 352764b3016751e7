"""Failure as a suite: the real program under writers, killed at random, judged at the end."""
