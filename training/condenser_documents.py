"""Long texts with questions about them, from question sets of one form: SOURCE.SPLIT.jsonl[.gz] with {source, doc, passage,
question, answers, span, answerable, kind, doc_span}, and SOURCE.docs.jsonl[.gz] with {doc, text} where whole texts exist."""
import gzip
import json
import random
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

MOST_CHARACTERS = 16_000  # of a text that is joined from short ones


@dataclass
class Asked:
    question: str
    answers: list  # empty: nothing that a chunk could be answered with
    start: int  # of the evidence in the text; of the passage without an answer where there is none
    end: int
    answerable: bool


@dataclass
class Text:
    source: str
    text: str = ""
    asked: list = field(default_factory=list)


def lines(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def load(paths, seed=0):
    """-> {source: [Text]}; a source's short texts are joined, in random order"""
    texts = defaultdict(list)
    for path in map(Path, paths):
        source = path.name.split(".")[0]
        whole = [path.with_name(path.name.replace(f".{split}.", ".docs.")) for split in ("train", "dev")]
        whole = [docs for docs in whole if docs != path and docs.exists()]
        known = {line["doc"]: line["text"] for docs in whole[:1] for line in lines(docs)}
        texts[source] = list(of_source(source, lines(path), known))
    return {source: joined(some, random.Random(seed)) for source, some in texts.items()}


def of_source(source, records, known):
    """A text for every document: the whole one, or its passages behind each other"""
    found = {}
    for record in records:
        passage, span = record["passage"].rstrip(), record.get("doc_span")
        if not passage.strip():
            continue
        key = (record.get("doc") or record.get("title") or passage, span is not None)
        text = found.setdefault(key, Text(source, known[key[0]] if span else ""))
        at = span[0] if span else text.text.find(passage)
        if span and text.text[at : at + len(passage)] != passage:
            continue  # the passage has been changed: nothing in it can be placed
        if at < 0:
            at = len(text.text) + 2 * bool(text.text)
            text.text += "\n\n" * bool(text.text) + passage
        text.asked.append(asked(record, at, len(passage)))
    return found.values()


def asked(record, at, length):
    """The evidence is the answer's span where there is one, else the passage. Records to rank only have no answers, but
    are answerable."""
    start, end = record["span"] if record.get("span") and record["answerable"] else (0, length)
    question = " ".join(record["question"].split())
    answers = [" ".join(a.split()) for a in record["answers"] if a.strip()] if record["answerable"] else []
    return Asked(question, answers, at + start, at + min(end, length), bool(record["answerable"]))


def joined(texts, rng):
    """Short texts of a source behind each other, so that a question's chunk has others beside it"""
    long = [text for text in texts if len(text.text) >= MOST_CHARACTERS / 2]
    short = [text for text in texts if len(text.text) < MOST_CHARACTERS / 2]
    rng.shuffle(short)
    for text in short:
        if not long or len(long[-1].text) + len(text.text) > MOST_CHARACTERS or text is short[0]:
            long.append(Text(text.source))
        last = long[-1]
        at = len(last.text) + 2 * bool(last.text)
        last.text += "\n\n" * bool(last.text) + text.text
        last.asked += [Asked(a.question, a.answers, at + a.start, at + a.end, a.answerable) for a in text.asked]
    return long
