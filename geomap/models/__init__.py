"""Weights of the trained models, each with its card."""
