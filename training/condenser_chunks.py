"""Chunks of a text as focus cuts them (src/document/chunk.ts), and questions with the one chunk that holds their evidence."""
import regex

from condenser_documents import Asked

LATEST_CUT = 0.5  # of a chunk's length
BOUNDARIES = [regex.compile(b) for b in (r"\n[ \t]*\n\s*", r"[.!?…][\"'”’)\]]*\s+|[。！？]", r"\n", r"\s")]
MARKUP_LINES = (
    "[Home](/) | [About](/about) | [Contact](/contact)", "<div class=\"nav\"><ul><li><a href=\"#top\">Top</a></li></ul></div>",
    "![logo](/static/logo.png)", "Jump to content", "- [Sign in](/login)\n- [Create account](/join)\n- [Help](/help)",
    "* * *", "</div>\n<div class=\"content\" id=\"main\">", "Share: Facebook Twitter E-mail", "{| class=\"wikitable\"\n|-\n|}",
    "<!-- begin section -->", "[edit]", "Cookie settings · Privacy · Terms of use", "```", "[[Category:Pages]]",
)  # fmt: skip
MARKUP_WORDS = (("[", "](/wiki/page)"), ("**", "**"), ("<b>", "</b>"), ("[[", "]]"), ("<a href=\"https://example.org/x\">", "</a>"))


def cut(text, tokenize, limit):
    """-> [(start, end, tokens)] of at most `limit` tokens, which tile the text"""
    chunks, start, per_token = [], 0, 4.0
    while start < len(text):
        reach = max(1, int(limit * per_token))
        while True:
            end = boundary(text, start, min(len(text), start + reach))
            tokens = tokenize(text[start:end])
            if len(tokens) <= limit or end - start <= 1:
                break
            reach = max(1, min(end - start - 1, int((end - start) * limit * 0.97 / len(tokens))))
        chunks.append((start, end, tokens))
        per_token = max(0.5, (end - start) / max(1, len(tokens)))
        start = end
    return chunks


def boundary(text, start, end):
    if end >= len(text):
        return len(text)
    earliest = start + -int(-(end - start) * LATEST_CUT // 1)
    for pattern in BOUNDARIES:
        found = [match.end() for match in pattern.finditer(text, earliest, end)]
        if found:
            return found[-1]
    return end


def gold(chunks, asked):
    """Index of the chunk that holds all of the evidence; without an answer, of one that holds most of the passage or is most of
    it. None: there is none"""
    inside = [min(asked.end, end) - max(asked.start, start) for start, end, _ in chunks]
    best = max(range(len(chunks)), key=inside.__getitem__)
    start, end, _ = chunks[best]
    size = asked.end - asked.start
    share = inside[best] / max(1, size if asked.answerable else min(size, end - start))
    return best if share >= (0.98 if asked.answerable else 0.6) else None


def holds(text, answers):
    """Whether a chunk that is meant to be wrong has an answer in it: "yes" and single characters do not count"""
    lower = text.lower()
    return any(len(a) > 3 and a.lower() in lower for a in answers)


def excerpt(text, at, size, rng):
    """About `size` characters round a place, from a line's start on -> (start, end)"""
    start = max(0, min(at - rng.randint(0, size), len(text) - size))
    if start > 0:
        line = text.find("\n", start, at)
        start = line + 1 if line >= 0 else start
    return start, min(len(text), start + size)


def marked_up(text, asked, rng):
    """What web pages look like when their markup is left in: lines between paragraphs, marks round words, never within
    what a question is about"""
    within = sorted((a.start, a.end) for a in asked if a.end - a.start < 400)
    free = lambda at: not any(start < at < end for start, end in within)
    inserts = []
    for match in regex.finditer(r"\n+|\b\p{L}{4,}\b", text):
        a, b = match.span()
        if match[0][0] == "\n":
            if rng.random() < 0.3 and free(b):
                inserts.append((b, rng.choice(MARKUP_LINES) + "\n"))
        elif rng.random() < 0.08 and free(a) and free(b):
            inserts += zip((a, b), rng.choice(MARKUP_WORDS))
    pieces, places, last, added = [], [], 0, 0
    for at, mark in inserts:
        pieces += [text[last:at], mark]
        last, added = at, added + len(mark)
        places.append((at, added))
    shift = lambda x, edge: x + next((n for at, n in reversed(places) if at < x or (edge and at == x)), 0)
    moved = [Asked(a.question, a.answers, shift(a.start, True), shift(a.end, False), a.answerable) for a in asked]
    return "".join(pieces) + text[last:], moved
