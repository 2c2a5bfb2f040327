"""Sentences of the first page: plain words and names, without codes and brackets, each computed."""

from __future__ import annotations
