"""Byte-level BPE from a GGUF's own vocabulary, so that training text is cut as llama.cpp cuts it."""
import functools

import regex

# Splits before BPE, by tokenizer.ggml.pre (llama.cpp, src/llama-vocab.cpp, llm_tokenizer_bpe).
WORD = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)"
QWEN2 = (
    r"(?:'[sS]|'[tT]|'[rR][eE]|'[vV][eE]|'[mM]|'[lL][lL]|'[dD])|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SPLITS = {"smollm": (r"\p{N}", WORD), "gpt-2": (WORD,), "qwen2": (QWEN2,)}


def byte_symbols():
    """GPT-2's printable stand-in for every byte."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [b for b in range(256) if b not in plain]
    return {**{b: chr(b) for b in plain}, **{b: chr(256 + i) for i, b in enumerate(rest)}}


class Tokenizer:
    """Treats special-token text as plain text, adds no BOS: as focus tokenises documents and questions."""

    def __init__(self, fields):
        self.pieces = fields["tokenizer.ggml.tokens"].contents()
        merges = fields["tokenizer.ggml.merges"].contents()
        self.splits = [regex.compile(s) for s in SPLITS[fields["tokenizer.ggml.pre"].contents()]]
        self.ids = {piece: i for i, piece in enumerate(self.pieces)}
        self.ranks = {tuple(m.split(" ")): i for i, m in enumerate(merges)}
        self.symbols = byte_symbols()
        self.bytes = {symbol: b for b, symbol in self.symbols.items()}
        self.word = functools.lru_cache(maxsize=200_000)(self.bpe)

    def encode(self, text):
        """text -> token ids"""
        words = [text]
        for pattern in self.splits:
            words = [piece for word in words for piece in cut(pattern, word)]
        return [token for word in words for token in self.word(word)]

    def decode(self, tokens):
        """token ids -> text; bytes that are no UTF-8 become U+FFFD"""
        symbols = "".join(self.pieces[t] for t in tokens)
        return bytes(self.bytes.get(s, 63) for s in symbols).decode("utf-8", "replace")

    def bpe(self, word):
        """Merges the pair of lowest rank until none is left."""
        parts = [self.symbols[b] for b in word.encode()]
        while len(parts) > 1:
            ranks = [self.ranks.get(pair, 1 << 30) for pair in zip(parts, parts[1:])]
            best = min(ranks)
            if best == 1 << 30:
                break
            at = ranks.index(best)
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        return tuple(self.ids[p] for p in parts)


def cut(pattern, text):
    """Matches and what lies between them, in order."""
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        if match.end() > match.start():
            yield match[0]
        at = match.end()
    if at < len(text):
        yield text[at:]
