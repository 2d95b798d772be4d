"""Reads the tables of an LMDB file: keys and values as bytes, in order. Nothing is written, nothing else is needed.

Layout of such a file (little-endian, 64 bits): pages of one size, the first two of them describe the root; a page is
a branch, a leaf, or the first of several pages that hold one long value. Every named table is a value in the main one.
"""

import struct

MAGIC = 0xBEEFC0DE
HEADER = 16  # bytes before a page's list of nodes
BRANCH, LEAF = 1, 2
LONG_VALUE = 1  # flag of a node whose value stands on pages of its own
NONE = 0xFFFFFFFFFFFFFFFF  # the root of an empty table
META = struct.Struct("<II QQ 96s QQ")
TABLE = struct.Struct("<IHH QQQQQ")
NODE = struct.Struct("<HHHH")
NUMBER = struct.Struct("<Q")


class LmdbFile:
    """The tables of a file in a buffer (bytes or a memory map); raises `ValueError` where it is no such file."""

    def __init__(self, buffer):
        self.buffer = buffer
        self.size = TABLE.unpack_from(self.meta_at(0)[4])[0]
        if self.size not in (4096, 8192, 16384, 32768, 65536):
            raise ValueError("no page size of an LMDB file")
        newest = max((self.meta_at(0), self.meta_at(self.size)), key=lambda meta: meta[6])
        self.root = TABLE.unpack_from(newest[4], TABLE.size)[-1]

    def meta_at(self, start):
        """The description of the file that begins there."""
        if len(self.buffer) < start + HEADER + META.size:
            raise ValueError("too short for an LMDB file")
        found = META.unpack_from(self.buffer, start + HEADER)
        if found[0] != MAGIC:
            raise ValueError("no LMDB file")
        return found

    def names(self):
        """The names of its tables."""
        return [key.decode() for key, _ in self.nodes(self.root)]

    def rows(self, name):
        """(key, value) of each row of a table, in the order of the keys; raises `KeyError` for no such table."""
        for key, value in self.nodes(self.root):
            if key == name.encode():
                return self.nodes(TABLE.unpack(value)[-1])
        raise KeyError(name)

    def nodes(self, page):
        """The rows below a page."""
        if page == NONE:
            return
        start = page * self.size
        flags, lower = struct.unpack_from("<HH", self.buffer, start + 10)
        for at in struct.unpack_from(f"<{(lower - HEADER) // 2}H", self.buffer, start + HEADER):
            if flags & BRANCH:
                yield from self.nodes(self.below(start + at))
            elif flags & LEAF:
                yield self.leaf(start + at)
            else:
                raise ValueError("a page that is neither branch nor leaf")

    def below(self, at):
        """The page that a branch's node leads to: its number has 48 bits."""
        low, high, highest, _ = NODE.unpack_from(self.buffer, at)
        return low | high << 16 | highest << 32

    def leaf(self, at):
        """(key, value) of a leaf's node."""
        low, high, flags, key_size = NODE.unpack_from(self.buffer, at)
        size, key = low | high << 16, at + NODE.size
        value = key + key_size
        if flags & LONG_VALUE:
            value = NUMBER.unpack_from(self.buffer, value)[0] * self.size + HEADER
        return bytes(self.buffer[key : key + key_size]), bytes(self.buffer[value : value + size])
