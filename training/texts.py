"""Documents to cut chunks from: packaged manuals, stories, articles, abstracts. Whole documents are held out."""
import html
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

HELD_OUT_FILES = ("fhs", "live-manual.en")
SKIPPED_FILES = ("live-manual", "upgrading")  # other languages of a held-out document
MANUALS = {"en": ("policy.txt", "debmake-doc.en.txt", "install.en.txt", "fhs-3.0.txt", "live-manual.en.epub", "bashref.html")}
LANGUAGES = ("de", "es", "fr", "it", "zh_CN")
HELD_OUT_SHARE = {"stories": 5, "articles": 6, "abstracts": 100}  # the last ones


@dataclass
class Document:
    name: str
    kind: str  # manual, foreign, story, article, abstract
    text: str
    held_out: bool
    questions: list = field(default_factory=list)  # (paragraph, question, answer)


def load(documents, train_data):
    """documents: folder of packaged manuals; train_data: folder of question sets"""
    return [*manuals(Path(documents)), *stories(Path(train_data)), *articles(Path(train_data)), *abstracts(Path(train_data))]


def manuals(folder):
    for path in sorted(folder.iterdir()):
        language = re.search(r"install\.(\w+)\.txt$", path.name)
        foreign = language is not None and language[1] in LANGUAGES
        if foreign or path.name.endswith(MANUALS["en"]):
            held_out = any(part in path.name for part in HELD_OUT_FILES)
            yield Document(path.name, "foreign" if foreign else "manual", read(path), held_out)


def read(path):
    if path.suffix == ".epub":
        with zipfile.ZipFile(path) as book:
            names = sorted(n for n in book.namelist() if n.endswith(("html", "htm")))
            return "\n\n".join(strip(book.read(n).decode("utf-8", "replace")) for n in names)
    text = path.read_text("utf-8", "replace")
    return strip(text) if path.suffix == ".html" else text


def strip(markup):
    body = re.sub(r"(?s)<(script|style|head).*?</\1>", "", markup)
    body = re.sub(r"</(p|h\d|li|tr|pre|div|dd|dt)>|<br[^>]*>", "\n", body)
    return re.sub(r"\n\s*\n\s*", "\n\n", html.unescape(re.sub(r"<[^>]+>", "", body)))


def stories(folder):
    lines = (folder / "squality.train.jsonl").read_text().splitlines()
    for i, line in enumerate(lines):
        text = re.sub(r"\n *\n *", "\n", json.loads(line)["document"])
        yield Document(f"story {i}", "story", text, i >= len(lines) - HELD_OUT_SHARE["stories"])


def articles(folder):
    for language in ("en", "de", "es", "zh"):
        data = json.loads((folder / f"xquad.{language}.json").read_text())["data"]
        for i, article in enumerate(data):
            asked = [
                (p["context"], q["question"], q["answers"][0]["text"]) for p in article["paragraphs"] for q in p["qas"]
            ]
            text = "\n\n".join(p["context"] for p in article["paragraphs"])
            held_out = i >= len(data) - HELD_OUT_SHARE["articles"]
            yield Document(f"article {language} {i}", "article", text, held_out, asked)


def abstracts(folder):
    """One document of every ten abstracts: a single one is shorter than a run of chunks."""
    entries = list(json.loads((folder / "pubmedqa.json").read_text()).values())
    for at in range(0, len(entries), 10):
        some = entries[at : at + 10]
        paragraphs = ["\n".join(e["CONTEXTS"]) for e in some]
        asked = [(p, e["QUESTION"], e["LONG_ANSWER"]) for p, e in zip(paragraphs, some)]
        held_out = at >= len(entries) - HELD_OUT_SHARE["abstracts"]
        yield Document(f"abstracts {at}", "abstract", "\n\n".join(paragraphs), held_out, asked)


def vocabulary(documents):
    """Lower-case words of the English texts, for values and names of planted facts"""
    counts = Counter(w for d in documents if d.kind in ("manual", "story") for w in re.findall(r"\b[a-z]{4,10}\b", d.text))
    return sorted(word for word, n in counts.items() if n >= 3)
