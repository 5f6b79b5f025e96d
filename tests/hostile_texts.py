"""Texts that nobody writes and that arrive all the same, for the tests of the text stages."""

from __future__ import annotations

from hypothesis import strategies as st

NEWS = (
    "Baghdad|Iraq|the US embassy|its embassy in|Paris, Texas|Iraqi|Washington said|St. Louis|U.S.|"
    "Gen. Ali|killed|wounded|at least 25 people|two dozen|hundreds of|a|one|1,200|3.5 million|"
    "protesters|gunmen|stormed|bombing|the attack|an earthquake|air strikes|floods|deployed troops|"
    "clashes|will march|on Tuesday|last week|Dec. 31|in 2003|2020-01-01|31 February|May 5, 2019|"
    "yesterday|three days ago|from Kuwait to|said|and|,|.|!|?|:|;|-|—|“|”|\"|'|’s|(|)|\n|\n\n|\r\n|"
    "\t|date 2020-01-01|QUETTA:|https://example.org/?q=x|@user|#tag|İstanbul|Côte d'Ivoire|ß|Å|"
    "\u00ad|\u200b|\u0301|\ud800|\U0001f600|\x00|\x1c|\x85|\u2028|\ufeff|北京|Москва|%s|{}|<b>|&amp;"
).split("|")
"""Words and marks that the stages look for, and characters that break offsets."""

GRAMMAR = (
    "kidnapped arrested attacked stormed exploded bombing strikes attack deployed sent fled quake "
    "protest protesters gunmen police troops was were been be by to from in near on of the a this "
    "which who that where and but while after before said will would not later also it they Mosul "
    "Iraq Iraqi US embassy city region killed five hundreds Tuesday yesterday , . ; - 's"
).split()
"""Words by which the rules go, to be put into any order."""

ANY_CHARACTER = st.characters(exclude_categories=())
"""Every code point, lone surrogates as well."""


def any_text() -> st.SearchStrategy[str]:
    """Return a strategy for texts: news in pieces, characters of all kinds between them."""
    piece = st.sampled_from(NEWS) | st.text(ANY_CHARACTER, max_size=3)
    gap = st.sampled_from([" ", " ", " ", "", "\n"])
    return st.lists(st.tuples(piece, gap), max_size=40).map(
        lambda pairs: "".join(piece + gap for piece, gap in pairs)
    )


def any_words() -> st.SearchStrategy[str]:
    """Return a strategy for sentences that obey no grammar."""
    return st.lists(st.sampled_from(GRAMMAR), min_size=1, max_size=14).map(" ".join)


REPEATED = {
    "one letter": "a",
    "one capital": "A",
    "one digit": "1",
    "no spaces": "ab1,.",
    "spaces": " ",
    "tabs": "\t",
    "empty lines": "\n",
    "lines of a space": " \n",
    "returns": "\r",
    "full stops": ".",
    "exclamations": "!",
    "quotes": '."',
    "initials": "A. ",
    "countries": "U.S. ",
    "capitals": "Baghdad ",
    "names in a list": "Baghdad, ",
    "hyphens": "Iraq-",
    "articles": "al-",
    "embassies": "embassy ",
    "sent embassies": "the US embassy in ",
    "numbers": "one ",
    "thousands": "1,",
    "people": "5 people ",
    "deaths": "killed ",
    "days": "Monday ",
    "months": "May ",
    "triggers": "riot ",
    "attacks": "The attack killed five. ",
    "reports": "A bomb in Baghdad on Monday killed five people. ",
    "paragraphs": "Protesters marched in Cairo\n\n",
    "marks": "a\u0301",
    "surrogates": "\ud800",
}
"""What a text may consist of from its beginning to its end."""


def repeated(name: str, length: int) -> str:
    """Return a text of so many characters that repeats one thing."""
    unit = REPEATED[name]
    return (unit * (length // len(unit) + 1))[:length]
