"""Strict reading of JSON documents. Gives the first fault in the order of reading."""

import re
import unicodedata

from refusal import Refused

MAX_DEPTH, MAX_ITEMS, MAX_INTEGER = 8, 2048, 2**53 - 1
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")
SPACE = re.compile(r"[ \t\n\r]*")
PLAIN = re.compile(r'[^"\\\x00-\x1f]*')
SALT = re.compile(r"[0-9a-f]{32}")
ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
WORDS = {"true": True, "false": False, "null": None}


def read(data):
    """The object in a document."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused("utf8") from None
    reader = Reader(text)
    value = reader.value(0)
    reader.space()
    if reader.at != len(text):
        raise Refused("trailing")
    if not isinstance(value, dict):
        raise Refused("not-an-object")
    return value


class Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def space(self):
        self.at = SPACE.match(self.text, self.at).end()

    def peek(self):
        self.space()
        if self.at >= len(self.text):
            raise Refused("syntax")
        return self.text[self.at]

    def expect(self, char):
        if self.peek() != char:
            raise Refused("syntax")
        self.at += 1

    def value(self, depth):
        char = self.peek()
        if char in "{[":
            if depth + 1 > MAX_DEPTH:
                raise Refused("too-deep")
            self.at += 1
            return self.object(depth) if char == "{" else self.array(depth)
        if char == '"':
            return self.string()
        for word, value in WORDS.items():
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return value
        return self.number()

    def array(self, depth):
        items = []
        if self.peek() == "]":
            self.at += 1
            return items
        while True:
            items.append(self.value(depth + 1))
            if len(items) > MAX_ITEMS:
                raise Refused("too-many-items")
            if self.peek() == "]":
                self.at += 1
                return items
            self.expect(",")

    def object(self, depth):
        members = []
        if self.peek() == "}":
            self.at += 1
            return self.closed(members, depth)
        while True:
            if self.peek() != '"':
                raise Refused("syntax")
            key = self.string()
            self.expect(":")
            value = self.value(depth + 1)
            if depth == 0 and key == "salt" and not (isinstance(value, str) and SALT.fullmatch(value)):
                raise Refused("bad-salt")
            members.append((key, value))
            if len(members) > MAX_ITEMS:
                raise Refused("too-many-items")
            if self.peek() == "}":
                self.at += 1
                return self.closed(members, depth)
            self.expect(",")

    @staticmethod
    def closed(members, depth):
        found = dict(members)
        if len(found) != len(members):
            raise Refused("duplicate-key")
        if depth == 0 and "salt" not in found:
            raise Refused("no-salt")
        return found

    def string(self):
        self.at += 1
        parts = []
        while True:
            plain = PLAIN.match(self.text, self.at)
            parts.append(plain.group())
            self.at = plain.end()
            if self.at >= len(self.text) or self.text[self.at] < " ":
                raise Refused("syntax")
            self.at += 1
            if self.text[self.at - 1] == '"':
                break
            parts.append(self.escape())
        found = "".join(parts)
        if not unicodedata.is_normalized("NFC", found):
            raise Refused("not-nfc")
        return found

    def escape(self):
        char = self.text[self.at : self.at + 1]
        self.at += 1
        if char and char in ESCAPES:
            return ESCAPES[char]
        if char != "u":
            raise Refused("syntax")
        first = self.unit()
        if 0xD800 <= first < 0xDC00 and self.text.startswith("\\u", self.at):
            self.at += 2
            second = self.unit()
            if 0xDC00 <= second < 0xE000:
                return chr(0x10000 + (first - 0xD800 << 10) + second - 0xDC00)
            raise Refused("syntax")
        if 0xD800 <= first < 0xE000:
            raise Refused("syntax")
        return chr(first)

    def unit(self):
        digits = self.text[self.at : self.at + 4]
        if not re.fullmatch(r"[0-9a-fA-F]{4}", digits):
            raise Refused("syntax")
        self.at += 4
        return int(digits, 16)

    def number(self):
        found = NUMBER.match(self.text, self.at)
        if not found or self.text[found.end() : found.end() + 1].isdigit():
            raise Refused("syntax")
        self.at = found.end()
        number = int(found.group()) if not (found[1] or found[2]) else None
        if number is None or found.group() == "-0" or not -(2**63) <= number < 2**64:
            raise Refused("not-an-integer")
        if abs(number) > MAX_INTEGER:
            raise Refused("integer-too-large")
        return number
