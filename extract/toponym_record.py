"""A named mention with the tokens it stands on, for the modules that build on names."""

from __future__ import annotations

from dataclasses import dataclass

from extract.model import PlaceMention
from extract.sentences import Passage
from extract.toponym_scan import Candidate


@dataclass(frozen=True, slots=True)
class Toponym:
    """The mention, the candidate it was made of, and the passage that both stand in."""

    passage: Passage
    candidate: Candidate
    mention: PlaceMention

    @property
    def is_demonym(self) -> bool:
        """True for a word of nationality, whose look-up name is the country ("Turkish" -> Turkey)."""
        facts = self.candidate.facts
        known = facts is not None and "region" in facts.kinds
        return not known and not self.mention.name.startswith(self.candidate.name)
