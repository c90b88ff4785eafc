"""The interview: which questions one document asks, as data, and how an answer must look.

The steps stand in `steps.json`; their words are catalogue keys (`interview-<field>`). A field that
names `documents` is asked for those only. Everything personal may stay empty: the paper then has a
blank for the pen.
"""

from complaints.interview.answers import AnswerError, clean
from complaints.interview.steps import Field, Step, steps_for

__all__ = ["AnswerError", "Field", "Step", "clean", "steps_for"]
