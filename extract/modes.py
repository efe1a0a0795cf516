"""What saying so does: by the cue, then, for neutral cues, by the words themselves."""

from __future__ import annotations

import re

from extract.contents import Content
from extract.cues import Cue
from extract.model import ActorMention, Mode

_DEMANDS = re.compile(
    r"\b(?:we|i) (?:\w+ )?(?:call (?:on|upon|for)|urge|demand|ask|appeal)\b|\b(?:must|should|ought to|needs? to)\b", re.I
)


def mode_of(cue: Cue | None, content: Content | None, text: str, speaker: ActorMention | None) -> Mode:
    """The mode of a statement: its cue's, unless a neutral cue leaves it to the words."""
    mode = content.mode if content else cue.mode if cue else "say"
    if mode != "say":
        return mode
    return "demand" if _DEMANDS.search(text) else mode
