"""Runs of chunks with tasks: facts planted in real text, quotations of the text itself, real questions, and the
paper's two losses (section 2.4): reconstruction, a random span of the chunk, and continuation, the text behind it."""
import random
import re

from chunks import Chunk, Task
from facts import Facts

SHARES = {"story": 0.34, "manual": 0.34, "foreign": 0.08, "abstract": 0.08, "article": 0.16}
SENTENCE = re.compile(r"(?s).+?(?:[.!?:][\"')\]]*\s+|。|\n\s*\n|$)")
LEAD_WEIGHT = 0.1  # words of an answer that the question already gives
END_WEIGHT = 0.3
FOLLOWING = 14  # pieces behind a chunk that its text may be gone on with
FILLER = 0.08  # share of the runs whose text is a few sentences over and over


class Data:
    """Endless runs of one split. `longest` bounds the length of quoted values; training raises it."""

    def __init__(self, documents, words, tokenizer, *, held_out, seed):
        self.rng, self.tokenizer = random.Random(seed), tokenizer
        self.facts = Facts(words, held_out, seed + 1)
        self.by_kind = {}
        for document in documents:
            if document.held_out == held_out:
                self.by_kind.setdefault(document.kind, []).append(document)
        self.longest = 6
        special = lambda piece: tokenizer.ids[piece]
        self.end = special("<|im_end|>")
        newline = tokenizer.encode("\n")
        self.turn = [self.end, *newline, special("<|im_start|>"), *tokenizer.encode("assistant\n")]

    def run(self, n_chunks, chunk_tokens=None):
        """`n_chunks` chunks that follow each other in a random document, each of about `chunk_tokens` tokens"""
        rng = self.rng
        kinds = [kind for kind in SHARES if kind in self.by_kind]
        kind = rng.choices(kinds, [SHARES[kind] for kind in kinds])[0]
        document = rng.choice(self.by_kind[kind])
        size = chunk_tokens or int(64 * 2 ** rng.uniform(0, 2 if rng.random() < 0.85 else 3))
        if document.questions and rng.random() < 0.8:
            return self.question_run(document, n_chunks, size)
        if rng.random() < FILLER:
            few = [p for p in self.sentences(document.text, 200) if p.strip()][: rng.randint(2, 6)]
            size = min(640, 2 * size)
            sentences = few * (n_chunks * size // max(1, len(self.tokenizer.encode("".join(few)))) + 1)
        else:
            sentences = self.sentences(document.text, n_chunks * size)
        return self.cut(sentences, n_chunks, size)

    def sentences(self, text, n_tokens):
        """Pieces of the text from a random place on, each with the space behind it"""
        need = 5 * n_tokens + 1000
        start = self.rng.randint(0, max(0, len(text) - need))
        part = text[start : start + need]
        if self.rng.random() < 0.5:  # hard line breaks of a text file away
            part = re.sub(r"(?<!\n)\n(?!\n)[ \t]*", " ", part)
        pieces = SENTENCE.findall(part)[1:]
        return [p for piece in pieces for p in ([piece] if len(piece) < 500 else re.findall(r"(?s).{1,400}(?:\s|$)", piece))]

    def cut(self, sentences, n_chunks, size):
        run, at, like = [], 0, None
        while len(run) < n_chunks and at < len(sentences):
            pieces, count = [], 0
            while at < len(sentences):
                length = len(self.tokenizer.encode(sentences[at]))
                if pieces and count + length > size:
                    break
                pieces.append(sentences[at])
                count, at = count + length, at + 1
            chunk, like = self.chunk(pieces, sentences[at : at + FOLLOWING], like)
            if 24 <= len(chunk.tokens) <= 640:
                run.append(chunk)
        return run

    def chunk(self, pieces, following, like):
        """One chunk with up to three planted facts and tasks about its own text"""
        rng, facts = self.rng, []
        for _ in range(rng.choice((0, 1, 1, 2, 2, 3))):
            fact, like = self.facts.draw(self.longest, like if rng.random() < 0.4 else None)
            facts.append(fact)
        text = list(pieces)
        for fact in facts:
            text.insert(rng.randint(0, len(text)), fact.statement + rng.choice((" ", " ", "\n")))
        tokens = self.tokenizer.encode("".join(text))
        tasks = [self.asked("fact", f.question, f.lead, " " + f.value, key=f.key) for f in facts]
        tasks += self.quotation(pieces)
        tasks += self.spans(tokens, self.tokenizer.encode("".join(following)))
        return Chunk(tokens, tasks), like

    def local(self, question):
        return [*self.tokenizer.encode(f"\n\nQuestion: {question}"), *self.turn]

    def asked(self, kind, question, lead, value, key=None, tail="."):
        lead, value = self.tokenizer.encode(lead), self.tokenizer.encode(value)
        tail = [*self.tokenizer.encode(tail), self.end]
        weights = [LEAD_WEIGHT] * len(lead) + [1.0] * len(value) + [END_WEIGHT] * len(tail)
        where = slice(len(lead), len(lead) + len(value))
        return Task(kind, key or question, self.local(question), lead + value + tail, weights, where)

    def quotation(self, pieces):
        """The rest of a sentence, asked for by its first words"""
        words = " ".join(self.rng.choice(pieces).split()).split(" ")
        n_given = self.rng.randint(4, 8)
        if len(words) < n_given + 3:
            return []
        given, rest = " ".join(words[:n_given]), " " + " ".join(words[n_given:])
        rest = self.tokenizer.decode(self.tokenizer.encode(rest)[: self.longest + 4])
        form = self.rng.choice(('Quote the sentence that begins with "{}".', 'How does this sentence go on: "{}"?', 'Continue the quote: "{}"'))
        return [self.asked("quote", form.format(given), given, rest, tail="")]

    def spans(self, tokens, following):
        """The paper's losses: some tokens behind 16 … 28 tokens of the chunk itself, or of the text that follows it, of
        which more may stand in front of these"""
        n_local, tasks = self.rng.randint(16, 28), []
        for kind, text, n in (("span", tokens, 16), ("next", following, 32)):
            room = len(text) - n_local - n
            if room < 0:
                continue
            at = self.rng.randint(0, room)
            local, answer = text[at : at + n_local], text[at + n_local : at + n_local + n]
            before = text[:at] if kind == "next" else []
            tasks.append(Task(kind, kind + str(local), local, answer, [1.0] * n, slice(0, n), before))
        return tasks

    def question_run(self, document, n_chunks, size):
        """A document's paragraphs as chunks, with the real questions that were asked about them"""
        by_paragraph = {}
        for paragraph, question, answer in document.questions:
            by_paragraph.setdefault(paragraph, []).append((question, answer))
        run = []
        for paragraph, asked in by_paragraph.items():
            tokens = self.tokenizer.encode(paragraph + "\n\n")[:512]
            tasks = [self.real_question(document, q, a) for q, a in asked]
            pieces = SENTENCE.findall(paragraph)
            run.append(Chunk(tokens, tasks + self.quotation(pieces) + self.spans(tokens, [])))
        first = self.rng.randint(0, max(0, len(run) - n_chunks))
        return run[first : first + n_chunks]

    def real_question(self, document, question, answer):
        """The answer span of an article's question; the first words of an abstract's conclusion. The model would word
        them otherwise: their first token weighs little, and the KL term teaches its own wording."""
        tokens = self.tokenizer.encode(answer)[:24]
        if document.kind == "article":
            tokens.append(self.end)
        weights = [0.5] * len(tokens)
        weights[0], weights[-1] = 0.2, END_WEIGHT
        return Task("real", question, self.local(question), tokens, weights, slice(0, len(tokens) - 1))
