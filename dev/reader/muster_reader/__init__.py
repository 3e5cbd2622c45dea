"""Reads Muster's repository format without any of Muster's code, from its written reference."""
