"""Single sentences keep the shares that were reached."""

from __future__ import annotations

import sentences

LEAST_FOUND, MOST_FALSE = 0.77, 0.16


def test_sentences_of_another_writer_keep_their_floors() -> None:
    found, false = sentences.score()
    assert found >= LEAST_FOUND
    assert false <= MOST_FALSE
