"""The network: the one package that asks other hosts."""
