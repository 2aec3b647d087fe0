"""Danish is written in the source; every sentence has its English one, with the same facts in it."""

from __future__ import annotations

import re

import pytest

from tools.translations import catalogue, sentences, untranslated

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def texts(message) -> tuple[list[str], list[str]]:
    ids = message.id if isinstance(message.id, tuple | list) else [message.id]
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return list(ids), list(strings)


@pytest.fixture(scope="module")
def english():
    return catalogue()


def test_every_sentence_is_in_the_catalogue(english):
    """After a change of words run `python -m tools.translations`, then translate what it prints."""
    assert sorted(str(found.id) for found in sentences() if found.id and found.id not in english) == []


def test_every_sentence_is_translated(english):
    assert untranslated(english) == []
    assert [message.id for message in english if message.id and message.fuzzy] == []


def test_a_translation_tells_the_same_facts(english):
    for message in english:
        if message.id:
            danish, translated = texts(message)
            expected = {name for text in danish for name in PLACEHOLDER.findall(text)}
            told = {name for text in translated for name in PLACEHOLDER.findall(text)}
            assert told == expected, message.id


def test_the_catalogue_holds_nothing_that_is_gone(english):
    used = sentences()
    assert [message.id for message in english if message.id and message.id not in used] == []
