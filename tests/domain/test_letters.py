"""Which letters may be sent again."""

from __future__ import annotations

import pytest

from coordination.domain.errors import Refused
from coordination.domain.letters import LetterState, check_sending_again


def test_only_a_letter_that_was_given_up_is_sent_again():
    check_sending_again(LetterState.FAILED)
    for state in set(LetterState) - {LetterState.FAILED}:
        with pytest.raises(Refused, match=r"letter\.not_failed"):
            check_sending_again(state)
