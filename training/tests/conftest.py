"""Tests of training. Everything but tests/test_agreement.py needs nothing but Python and takes about a minute."""
import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

import toy  # noqa: E402


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
