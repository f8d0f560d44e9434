"""The phrasebook: engineers' terms, and what customers are told instead."""
