"""A search service small enough to read: documents become vectors (hashed
words, a stand-in for a model), a query finds the nearest."""

import json
import zlib

SIZE = 64


def embed(text):
    """The vector of a text, of length one."""
    vector = [0.0] * SIZE
    for word in text.lower().split():
        code = zlib.crc32(word.encode())
        vector[code % SIZE] += 1.0 if code & 64 else -1.0
    return normalised(vector)


def normalised(vector):
    length = sum(x * x for x in vector) ** 0.5
    return [x / length for x in vector] if length else vector


class Index:
    def __init__(self):
        self.documents = []

    def add(self, text):
        self.documents.append((text, embed(text)))

    def search(self, query, count=3):
        """The texts nearest to the query."""
        wanted = embed(query)
        scored = [(sum(a * b for a, b in zip(wanted, vector)), text)
                  for text, vector in self.documents]
        scored.sort(reverse=True)
        return [text for _, text in scored[:count]]

    def save(self, path):
        with open(path, "w", encoding="utf-8") as file:
            json.dump(self.documents, file)

    def load(self, path):
        with open(path, encoding="utf-8") as file:
            self.documents = [(text, vector) for text, vector in json.load(file)]


WORDS = "gate base head limit noise commit sample process slow fast".split()


def texts(count):
    """Some texts, the same ones each time."""
    return [" ".join(WORDS[(i * k + k * k) % len(WORDS)] for k in range(1, 13)) + f" {i}"
            for i in range(count)]
