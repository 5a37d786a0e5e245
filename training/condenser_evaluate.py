"""What a condenser does with questions whose chunk is known, in excerpts cut as focus cuts them: the forced answer from the right
chunk, or from its sentences with the evidence, the sign of the margin there and where there is no answer, and the right chunk's rank among
the excerpt's."""
import argparse
import json
import random
from collections import Counter, defaultdict
from itertools import accumulate

import regex
import torch

from chunks import Chunk, Pool
from condenser_data import of_excerpt
from condenser_documents import load
from condenser_parts import evidence, part_of, widened
from condenser_scores import MOST_QUESTION, ChunkReading, Form
from gguf_model import Model
from lora import from_adapter
from rank_scores import Skim, z

MOST_OF_AN_EXCERPT = 4  # questions


def words(text):
    """As SQuAD's script compares them: in lower case, without punctuation and articles"""
    return regex.sub(r"\b(a|an|the)\b", " ", regex.sub(r"[^\w\s]", " ", text.lower())).split()


def f1(found, right):
    a, b = words(found), words(right)
    common = sum((Counter(a) & Counter(b)).values())
    return 2 * common / (len(a) + len(b)) if common else float(a == b)


def area(right, wrong):
    """Area under the ROC curve: how often one of `right` is above one of `wrong`"""
    pairs = [(a > b) + 0.5 * (a == b) for a in right for b in wrong]
    return sum(pairs) / len(pairs) if pairs else None


def cases(texts, tokenizer, options):
    """-> excerpts with at most `--n` questions of a source in all, the same for every adapter"""
    for source, some in texts.items():
        rng, left = random.Random(options.seed), options.n
        some = [text for text in some if text.asked]
        for text in rng.choices(some, k=4 * options.n):
            group = of_excerpt(text, tokenizer, rng, {options.chunk: 1.0}, options.markup, options.chunks)
            if group and left > 0:
                answers, unanswered = ([p for p in group[2] if p[0].answerable == is_so] for is_so in (True, False))
                placed = [p for pair in zip(answers, unanswered) for p in pair] or answers + unanswered
                placed = placed[: min(left, MOST_OF_AN_EXCERPT)]
                left -= len(placed)
                yield source, group[0], group[1], placed


@torch.no_grad()
def ask(pool, readings, of_parts, source, chunks, texts, placed):
    """-> a line for every adapter and question"""
    skim, form, rng = Skim(texts), Form(pool.model.tokenizer), random.Random(0)
    starts = [0, *accumulate(map(len, texts))]
    chunks = [Chunk(tokens) for tokens in chunks]
    pool.runs = []
    pool.add(chunks)
    for asked, gold, maybe in placed:
        if len(form.local(asked.question)) > MOST_QUESTION:
            continue
        bm25 = skim.bm25(asked.question).float()
        asked_of = chunks[gold]
        if of_parts and asked.answerable:
            span = evidence(texts[gold], asked.start - starts[gold], asked.end - starts[gold])
            asked_of = part_of(chunks[gold], texts[gold], *widened(texts[gold], span, rng), form.tokenizer.pieces)
        among = [i for i in range(len(chunks)) if i == gold or i not in maybe]
        for name, reading in readings.items():
            m = reading.margins(asked.question, chunks)
            answer = reading.answer(asked.question, asked_of, forced=asked.answerable)
            first = lambda scores: max(among, key=lambda i: float(scores[i])) == gold
            ranks = {"margin": first(m), "bm25": first(bm25), "both": first(z(bm25) + z(m))}
            yield {
                "adapter": name, "source": source, "question": asked.question, "answers": asked.answers,
                "answerable": asked.answerable, "found": answer, "margin": round(float(m[gold]), 2),
                "best": round(float(m[among].max()), 2), "first": ranks, "chunks": len(among), "text": texts[gold],
            }  # fmt: skip


def summary(lines):
    """Means; AUROC of the first chunk's margins: right ones over those of questions without an answer"""
    yes, no = ([line for line in lines if line["answerable"] == is_so] for is_so in (True, False))
    mean = lambda some, value: round(sum(map(value, some)) / len(some), 3) if some else None
    said = [line for line in yes if line["answers"]]
    best = lambda line: max(f1(line["found"], a) for a in line["answers"])
    curve = area([line["margin"] for line in yes], [line["margin"] for line in no])
    return {
        "n": f"{len(yes)} + {len(no)}",
        "F1": mean(said, best),
        "exact": mean(said, lambda line: float(any(words(line["found"]) == words(a) for a in line["answers"]))),
        "says": mean(yes, lambda line: float(line["margin"] > 0)),
        "none": mean(no, lambda line: float(line["margin"] <= 0)),
        "none anywhere": mean(no, lambda line: float(line["best"] <= 0)),
        "AUROC": curve and round(curve, 3),
        **{f"first by {name}": mean(yes, lambda line: float(line["first"][name])) for name in ("margin", "bm25", "both")},
        "chunks": mean(yes, lambda line: line["chunks"]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    add = parser.add_argument
    add("questions", nargs="+", help="SOURCE.dev.jsonl.gz")
    add("--model", required=True)
    add("--adapter", nargs="*", default=[], help="condenser GGUFs")
    add("--parts", action="store_true", help="answers come from the sentences with the evidence")
    add("--out", required=True, help="JSONL of all answers")
    add("--n", type=int, default=40, help="questions a source")
    add("--chunk", type=int, default=256, help="most tokens")
    add("--chunks", type=int, default=8, help="of an excerpt")
    add("--markup", type=float, default=0.0, help="share of excerpts with markup")
    add("--threads", type=int, default=1)
    add("--seed", type=int, default=5)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    model = Model(options.model)
    pool = Pool(model)
    readings = {path: ChunkReading(pool, from_adapter(model, path)) for path in options.adapter}
    found = defaultdict(list)
    with open(options.out, "w", encoding="utf-8") as out:
        for case in cases(load(options.questions), model.tokenizer, options):
            for line in ask(pool, readings, options.parts, *case):
                print(json.dumps(line, ensure_ascii=False), file=out, flush=True)
                for source in (line["source"], "all"):
                    found[line["adapter"], source].append(line)
    for (name, source), lines in sorted(found.items()):
        print(name, source, json.dumps(summary(lines)))


if __name__ == "__main__":
    main()
