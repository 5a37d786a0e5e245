"""Facts to plant in real text: an attribute of something, with an open-vocabulary value. Nothing is drawn from a closed
list of values: a model that is trained on one learns to classify, not to copy."""
import random
import uuid
import zlib
from dataclasses import dataclass

ATTRIBUTES = {  # attribute: how its value looks
    "access code": "digits", "pass key": "digits", "PIN": "digits", "booking number": "digits", "phone extension": "digits",
    "inventory number": "digits", "badge number": "digits", "secret number": "digits", "room number": "digits",
    "serial number": "hex", "checksum": "hex", "commit": "hex", "licence key": "hex", "token": "hex", "batch id": "hex",
    "request id": "uuid", "device id": "uuid",
    "opening date": "date", "deadline": "date", "inspection date": "date", "release date": "date",
    "code word": "words", "motto": "words", "password": "words", "nickname": "words", "title": "words", "secret phrase": "words",
    "owner": "person", "inventor": "person", "keeper": "person", "contact": "person", "director": "person",
    "home town": "place", "location": "place", "supplier": "place", "manufacturer": "place",
    "price": "amount", "weight": "amount", "length": "amount", "capacity": "amount",
    "version": "version", "port": "digits", "file name": "file", "e-mail address": "mail",
}
VALUE_SHARES = {
    "digits": 0.46, "hex": 0.07, "date": 0.09, "words": 0.11, "person": 0.08, "place": 0.07, "amount": 0.05,
    "version": 0.03, "file": 0.02, "mail": 0.01, "uuid": 0.01,
}
STATEMENTS = (
    "The {a} of {e} is {v}.", "The {a} of {e} is {v}.", "{E} has the {a} {v}.", "{v} is the {a} of {e}.",
    "Note that the {a} of {e} was changed to {v}.", "Remember: the {a} of {e} is {v}.", "For {e}, the {a} is {v}.",
    "As the {a} of {e}, {v} was chosen.", "{E}: {a} {v}.", "According to the list, {e} has {v} as its {a}.",
)
QUESTIONS = (
    "What is the {a} of {e}?", "What is the {a} of {e}?", "Which {a} does {e} have?", "Tell me the {a} of {e}.",
    "Do you know the {a} of {e}?", "I am looking for the {a} of {e}.", "What {a} belongs to {e}?",
    "What does the text give as the {a} of {e}?", "{E}: what is its {a}?", "Name the {a} of {e}.",
)
BARE_QUESTIONS = ("What is the {a}?", "What is the {a}? Remember it.", "Which {a} is mentioned in the text?", "Tell me the {a}.")
BARE_STATEMENTS = ("The {a} is {v}. Remember it. {v} is the {a}.", "The {a} is {v}.", "One of the {a}s is {v}; keep the {a} {v} in mind.")
MONTHS = "January February March April May June July August September October November December".split()
UNITS = "kg metres litres euros dollars tonnes miles pounds inches hours".split()
ONSETS = "b br d dr f g gr h j k kr l m n p qu r s st t tr v w z ch sh th".split()
VOWELS = "a e i o u ai ea ou y".split()
CODAS = ["", "", "n", "r", "l", "s", "nd", "rt", "ck", "m", "x"]


@dataclass
class Fact:
    key: str
    statement: str
    question: str
    lead: str  # the answer up to the value
    value: str


class Facts:
    """Facts of one split: words and syllable names of the other split never occur."""

    def __init__(self, words, held_out, seed):
        self.vocabulary = [w for w in words if is_held_out(w) == held_out]
        self.held_out, self.rng = held_out, random.Random(seed)

    def draw(self, longest, like=None):
        """A fact whose quoted values have at most `longest` words; `like` an earlier one: the same attribute of
        something whose name is nearly the same, so that only the whole key tells the two apart."""
        rng = self.rng
        kind = rng.choices(list(VALUE_SHARES), list(VALUE_SHARES.values()))[0]
        attribute = rng.choice([a for a, k in ATTRIBUTES.items() if k == kind])
        entity = self.entity()
        if like is not None:
            attribute, old = like
            head, _, tail = old.rpartition(" ")
            entity = f"{head} {self.word()}" if head and rng.random() < 0.5 else self.entity()
        is_bare = like is None and rng.random() < 0.2
        value = getattr(self, ATTRIBUTES[attribute])(longest)
        names = {"a": attribute, "e": entity, "E": entity[0].upper() + entity[1:], "v": value}
        statement = rng.choice(BARE_STATEMENTS if is_bare else STATEMENTS).format(**names)
        question = rng.choice(BARE_QUESTIONS if is_bare else QUESTIONS).format(**names)
        lead = ("The {a} is" if is_bare or rng.random() < 0.5 else "The {a} of {e} is").format(**names)
        if is_bare:
            return Fact(attribute, statement, question, lead, value), None
        return Fact(f"{attribute} of {entity}", statement, question, lead, value), (attribute, entity)

    def entity(self):
        word = self.word
        kind = self.rng.randrange(6)
        if kind < 3:
            return f"the {word()} {word()}"
        if kind == 3:
            return self.person(0)
        return f"project {word().capitalize()}" if kind == 4 else self.name()

    def word(self):
        return self.rng.choice(self.vocabulary)

    def name(self):
        while True:
            syllables = range(self.rng.randint(2, 3))
            pick = self.rng.choice
            name = "".join(pick(ONSETS) + pick(VOWELS) + pick(CODAS) for _ in syllables).capitalize()
            if is_held_out(name) == self.held_out:
                return name

    def digits(self, _):
        n = self.rng.choice((4, 5, 5, 5, 6, 8))
        return str(self.rng.randrange(10 ** (n - 1), 10**n))

    def hex(self, _):
        groups = self.rng.choice(((6,), (8,), (4, 4), (4, 4, 4), (12,)))
        return "-".join(f"{self.rng.getrandbits(4 * n):0{n}x}" for n in groups)

    def uuid(self, longest):
        value = str(uuid.UUID(int=self.rng.getrandbits(128), version=4))
        return value if longest > 8 else value[:13]

    def date(self, _):
        rng, day, year = self.rng, self.rng.randint(1, 28), self.rng.randint(1850, 2040)
        month = rng.randrange(12)
        return rng.choice((f"{day} {MONTHS[month]} {year}", f"{MONTHS[month]} {day}, {year}", f"{year}-{month + 1:02}-{day:02}"))

    def words(self, longest):
        text = " ".join(self.word() for _ in range(self.rng.randint(1, longest)))
        return f'"{text}"' if self.rng.random() < 0.5 else text

    def person(self, _):
        return f"{self.name()} {self.name()}"

    def place(self, _):
        return self.rng.choice((self.name(), f"the {self.word()} {self.word()}"))

    def amount(self, _):
        rng = self.rng
        number = rng.choice((str(rng.randint(2, 9999)), f"{rng.randint(1, 99)}.{rng.randint(1, 99)}", f"{rng.randint(1, 99)},{rng.randint(0, 999):03}"))
        return f"{number} {rng.choice(UNITS)}"

    def version(self, _):
        return ".".join(str(self.rng.randint(0, 30)) for _ in range(3))

    def file(self, _):
        return f"/{self.word()}/{self.word()}.{self.rng.choice(('conf', 'txt', 'log', 'dat'))}"

    def mail(self, _):
        return f"{self.word()}@{self.word()}.org"


def is_held_out(word):
    """A fifth of all words, by a hash, is kept for evaluation."""
    return zlib.crc32(word.lower().encode()) % 5 == 0
