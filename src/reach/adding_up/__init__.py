"""Which counts are totals over which others, as a reader may know it: for the publish gate and for the public view alike.

Counts of one measure and one name (operation and campaign) add up over areas and days. What they cover is cut into pieces that none of
them tells apart, and each count is the sum of its pieces. So nothing that areas and days tell is missed: a total less its parts; periods
that overlap without nesting, since 1 to 20 June and 11 to 30 June less the month are 11 to 20 June; and a district's week in a force's
month. Of those two a reader knows only that the part is no more than the whole, and a small whole bounds a hidden part all the same: with
what else the whole counts as a piece of its own, the inequality is a sum. A piece of which no figure is held is a count that nobody gave,
and is to be protected as one.

Counts of different names are held against each other one by one, since nobody says that two operations count apart. Figures that make a
relation impossible show that it is none, but for what the measures themselves or a person said. Pure: over facts, which callers make of
rows and whose relations they turn into tables of :mod:`reach.disclosure`.
"""

from ._facts import Fact, Found, Part, Rest, Rules, Sum, identity, kinds, statement, what
from ._search import found

__all__ = ["Fact", "Found", "Part", "Rest", "Rules", "Sum", "found", "identity", "kinds", "statement", "what"]
