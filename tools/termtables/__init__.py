"""The makers of the vocabularies' tables, one module a vocabulary."""
