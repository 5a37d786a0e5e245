"""Tests of training. Everything but tests/test_agreement.py needs nothing but Python and takes about a minute."""
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import toy  # noqa: E402

PASSAGE = "The {i}th crane of the harbour lifts beam {n} over the wall.\n\nNo storm came that year, and nobody slept."


@pytest.fixture(scope="session")
def toy_gguf(tmp_path_factory):
    """A random llama of two layers with a tokenizer of bytes"""
    return toy.write(tmp_path_factory.mktemp("toy") / "toy.gguf")


@pytest.fixture(scope="session")
def toy_texts(tmp_path_factory):
    """Folders of documents and of question sets, in the layout that texts.py reads"""
    documents, sets = tmp_path_factory.mktemp("documents"), tmp_path_factory.mktemp("sets")
    line = "The crane lifts the {i}th beam of the bridge before the {i}th storm reaches the valley. "
    prose = "".join(line.format(i=i) for i in range(3000))
    (documents / "some-policy.txt").write_text(prose)
    (documents / "some-fhs-3.0.txt").write_text(prose)
    stories = [json.dumps({"document": prose}) for _ in range(7)]
    (sets / "squality.train.jsonl").write_text("\n".join(stories))
    paragraph = {"context": prose[:600], "qas": [{"question": "What does the crane lift?", "answers": [{"text": "beam"}]}]}
    articles = {"data": [{"paragraphs": [paragraph] * 6} for _ in range(8)]}
    for language in ("en", "de", "es", "zh"):
        (sets / f"xquad.{language}.json").write_text(json.dumps(articles))
    abstracts = {str(i): {"QUESTION": "Why?", "CONTEXTS": [prose[:500]], "LONG_ANSWER": "So."} for i in range(120)}
    (sets / "pubmedqa.json").write_text(json.dumps(abstracts))
    foreign = [documents / f"some_install.{language}.txt" for language in ("de", "es")]
    for path in foreign:
        path.write_text(prose)
    return documents, sets


@pytest.fixture(scope="session")
def condenser_gguf(tmp_path_factory):
    merges = ("Ġ t", "Ġ n", "Ġn o", "Ġno n", "Ġnon e")
    return toy.write(tmp_path_factory.mktemp("condenser") / "toy.gguf", merges=merges)


@pytest.fixture(scope="session")
def condenser_sets(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sets")
    lines = []
    for i in range(40):
        passage, answer = PASSAGE.format(i=i, n=100 + i), f"beam {100 + i}"
        at = passage.index(answer)
        same = {"source": "toy", "doc": f"toy:{i // 8}", "passage": passage}
        lines.append({**same, "question": f"What does crane {i} lift?", "answers": [answer], "span": [at, at + len(answer)], "answerable": True})
        lines.append({**same, "question": f"Who owns crane {i}?", "answers": [], "span": None, "answerable": False})
    (folder / "toy.train.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return folder / "toy.train.jsonl"
