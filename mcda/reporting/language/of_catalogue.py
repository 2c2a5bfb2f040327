"""What the catalogue gives to every sentence, under one name with the sentences about results."""

from mcda.sentences.catalogue import (
    columns,
    counted,
    first_of,
    glossary,
    holder_name,
    joined,
    language,
    listed,
    method_asked,
    method_name,
    recorded,
    spoken,
    stated_by,
    told,
)

__all__ = [
    "columns",
    "counted",
    "first_of",
    "glossary",
    "holder_name",
    "joined",
    "language",
    "listed",
    "method_asked",
    "method_name",
    "recorded",
    "spoken",
    "stated_by",
    "told",
]
