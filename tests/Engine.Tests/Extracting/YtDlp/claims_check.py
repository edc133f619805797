"""Holds the index of worker/claims.py to yt-dlp: every address that it tests itself with, and texts made from every pattern.

Takes the worker's folder, one for the index, a seed, and which part of all addresses and texts to try (1 for all, 8 for
an eighth). Prints the addresses that a site's extractor claims, a line each, and an object with the number of addresses
and texts, and those that the index judges otherwise than the patterns.
"""

import json
import random
import re
import string
import sys
from contextlib import suppress
from re import _constants as constants, _parser as parser

sys.path.append(sys.argv[1])

import claims
from yt_dlp import YoutubeDL

CLASSES = {
    constants.CATEGORY_DIGIT: string.digits,
    constants.CATEGORY_WORD: string.ascii_letters + string.digits + "_",
    constants.CATEGORY_SPACE: " ",
    constants.CATEGORY_NOT_DIGIT: "x-",
    constants.CATEGORY_NOT_WORD: "-/",
    constants.CATEGORY_NOT_SPACE: "x7",
}
CHARACTERS = [chr(code) for code in range(32, 127)]


def members(parts):
    for code, value in parts:
        if code is constants.LITERAL:
            yield chr(value)
        elif code is constants.RANGE:
            yield from map(chr, range(value[0], min(value[1], 126) + 1))
        elif code is constants.CATEGORY:
            yield from CLASSES[value]


def text_of(parts, groups, chance):
    made = ""
    for code, value in parts:
        if code is constants.LITERAL:
            made += chr(value)
        elif code is constants.NOT_LITERAL:
            made += chance.choice([one for one in CHARACTERS if one != chr(value)])
        elif code is constants.ANY:
            made += chance.choice(CHARACTERS)
        elif code is constants.IN:
            negated = value[0][0] is constants.NEGATE
            among = set(members(value))
            made += chance.choice([one for one in CHARACTERS if one not in among] if negated else sorted(among))
        elif code is constants.BRANCH:
            made += text_of(chance.choice(value[1]), groups, chance)
        elif code is constants.SUBPATTERN:
            groups[value[0]] = text_of(value[3], groups, chance)
            made += groups[value[0]]
        elif code in (constants.MAX_REPEAT, constants.MIN_REPEAT):
            for _ in range(chance.randint(value[0], min(value[1], value[0] + 3))):
                made += text_of(value[2], groups, chance)
        elif code is constants.GROUPREF:
            made += groups.get(value, "")
    return made


def texts_of(pattern, chance):
    compiled = re.compile(pattern)
    for _ in range(max(1, 12 // part)):
        text = text_of(parser.parse(pattern), {}, chance)
        for one in (text, text.upper()):
            if compiled.search(one):
                yield one


chance, part = random.Random(int(sys.argv[3])), int(sys.argv[4])
ydl = YoutubeDL({"quiet": True, "cachedir": False}, auto_init="no_verbose_header")
index = claims.make(ydl, sys.argv[2], None)
ours = claims.install(ydl, sys.argv[2], None)
extractors = {key: getattr(one, "real_class", one) for key, one in ydl._ies.items()}
addresses, texts, wrong, owned = set(), 0, [], []
for extractor in extractors.values():
    with suppress(AssertionError):
        addresses |= {test["url"] for test in extractor.get_testcases(include_onlymatching=True)}
tried = sorted(addresses)[chance.randrange(part) :: part]
for address in tried:
    theirs = next((key for key, one in ydl._ies.items() if one.suitable(address)), None)
    if ours.owner(ydl, address) != theirs:
        wrong.append([theirs, address])
    if theirs not in (None, "Generic"):
        owned.append(address)
for key, extractor in extractors.items():
    for kind, patterns in (("addresses", extractor._VALID_URL), ("pages", extractor._EMBED_REGEX)):
        for pattern in claims.patterns(patterns):
            for text in texts_of(pattern, chance):
                texts += 1
                if not claims.contains(text.lower(), index[kind][key]):
                    wrong.append([key, text])
asked = sorted(sum(claims.contains(one.lower(), literals) for literals in index["addresses"].values()) for one in tried)
result = {"addresses": len(tried), "texts": texts, "wrong": wrong, "asked": asked[len(asked) // 2], "of": len(extractors)}
print("\n".join(owned))
print(json.dumps(result))
