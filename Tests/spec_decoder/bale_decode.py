#!/usr/bin/env python3
"""Decodes Bale archives, written from the specification's text alone and not from Bale's sources.

usage: bale_decode.py FILE [-o OUT] [--reader both|stream|index]

FILE may be - for standard input. Without -o nothing is written but a summary. The raw bytes are written only when the whole
input has passed every check. Exit status: 0 sound, 1 cannot read or write, 2 not sound.

This file is the container, Sources/Format/Format.docc/Container.md; bale_codecs.py is what is in its blocks.
Needs Python 3.8 and, from PyPI, xxhash and lz4.
"""
import argparse
import struct
import sys

import xxhash

from bale_codecs import LARGEST_BLOCK, Unsound, corrupt_unless, decode_node, unsupported_unless

HEADER_MAGIC = bytes.fromhex("89 42 41 4C 0D 0A 1A 0A")
SYNC_MARKER = bytes.fromhex("F1 9D C3 8A E6 B5 D2 97")
INDEX_MAGIC = bytes.fromhex("D8 42 41 4C 49 44 58 A7")
FOOTER_MAGIC = bytes.fromhex("C5 42 41 4C 45 4E 44 B9")

def take(data, start, size, what):
    """size bytes of a structure at start, which must be there."""
    if len(data) - start < size:
        raise Unsound("truncated", f"the input ends within {what}, which goes on to byte {start + size} at least", len(data))
    return data[start : start + size]

def hash64(data):
    return xxhash.xxh3_64_intdigest(data)

def hash128(data):
    """In the file's order: the canonical form reversed."""
    return xxhash.xxh3_128_digest(data)[::-1]

def ends_with_hash(structure):
    return hash64(structure[:-8]) == struct.unpack("<Q", structure[-8:])[0]

class FileHeader:
    size = 64

    def __init__(self, data, at):
        found = bytes(data[at : at + 8])
        if found != HEADER_MAGIC[: len(found)]:
            near = sum(a == b for a, b in zip(found, HEADER_MAGIC)) >= 5
            raise Unsound(*(("corrupt", "the magic is damaged") if near else ("not an archive", "no magic")), at)
        header = take(data, at, self.size, "the file header")
        corrupt_unless(ends_with_hash(header), "the file header does not match its hash", at)
        (version, digest, reserved, self.chunk_size, self.archive_id, needed, _, reserved2,
            self.hash) = struct.unpack("<HBBI16s4Q", header[8:])
        unsupported_unless(version == 1, f"version {version}", at + 8)
        unsupported_unless(digest == 0, f"digest kind {digest}", at + 10)
        unsupported_unless(needed == 0, f"flags {needed:#x} that must be understood", at + 32)
        unsupported_unless(reserved == 0 and reserved2 == 0, "the file header sets reserved bits", at)
        corrupt_unless(4096 <= self.chunk_size <= LARGEST_BLOCK, f"chunk size {self.chunk_size}", at + 12)
        self.id_low = struct.unpack("<Q", self.archive_id[:8])[0]

class BlockHeader:
    """A sound block header; belongs() checks its place."""

    def __init__(self, data, at):
        corrupt_unless(data[at : at + 8] == SYNC_MARKER, "no block starts here", at)
        prefix = take(data, at, 72, "a block header")
        n = prefix[65]
        corrupt_unless(n >= 3, f"a pipeline descriptor of {n} bytes", at + 65)
        self.size = 80 + n
        header = take(data, at, self.size, "a block header")
        corrupt_unless(ends_with_hash(header), "the block header does not match its hash", at)
        (self.id_low, self.link, self.ordinal, self.raw_offset, self.raw_hash, self.stored_hash, self.raw_size, self.stored_size,
            flags, _, reserved) = struct.unpack("<6Q2IBB6s", header[8:72])
        self.hash = struct.unpack("<Q", header[-8:])[0]
        unsupported_unless(flags <= 1 and not any(reserved), "the block header sets reserved bits", at + 64)
        self.final = flags == 1
        self.pipeline, rest = parse_node(header[72:-8], 1, at + 72)
        corrupt_unless(not rest, "the pipeline descriptor leaves bytes over", at + self.size - 8 - len(rest))
        corrupt_unless(self.raw_size <= LARGEST_BLOCK, f"raw size {self.raw_size}", at + 56)
        corrupt_unless(self.stored_size <= self.raw_size, "more stored than raw bytes", at + 60)
        empty = self.raw_size == 0 and self.stored_size == 0 and self.final and self.ordinal >= 1
        corrupt_unless(empty or (self.raw_size > 0 and self.stored_size > 0), "an empty block", at + 56)
        stored = self.pipeline[0] == 0
        corrupt_unless((self.raw_size == self.stored_size) == stored, "codec stored, and only it, keeps the size", at + 60)
        if stored:
            corrupt_unless(header[72:-8] == b"\0\0\0", "the descriptor of a stored block", at + 72)
            corrupt_unless(self.raw_hash == self.stored_hash, "two hashes of the same bytes", at + 40)
        possible = self.ordinal <= self.raw_offset <= LARGEST_BLOCK * self.ordinal and self.raw_offset + self.raw_size < 1 << 64
        corrupt_unless(possible, f"block {self.ordinal} cannot have raw offset {self.raw_offset}", at + 32)
        self.stored_at = at + self.size
        self.span = self.size + self.stored_size

    def belongs(self, header, ordinal, link, raw_offset, at):
        corrupt_unless(self.id_low == header.id_low, "a block of another archive", at + 8)
        corrupt_unless(self.ordinal == ordinal, f"block {self.ordinal} in the place of block {ordinal}", at + 24)
        corrupt_unless(self.link == link, "the block does not link to what comes before it", at + 16)
        corrupt_unless(self.raw_offset == raw_offset, "the block's raw offset is not the sum of the sizes before", at + 32)
        corrupt_unless(self.raw_size <= header.chunk_size, "the block is larger than the chunk size", at + 56)

    def stored_bytes(self, data):
        stored = take(data, self.stored_at, self.stored_size, f"block {self.ordinal}")
        corrupt_unless(hash64(stored) == self.stored_hash, f"block {self.ordinal}'s stored bytes do not match", self.stored_at)
        return stored

    def raw_bytes(self, data):
        raw = decode_node(self.pipeline, self.stored_bytes(data), self.raw_size, self.stored_at)
        corrupt_unless(hash64(raw) == self.raw_hash, f"block {self.ordinal}'s raw bytes do not match", self.stored_at)
        return raw

    def entry(self, stored_offset):
        return stored_offset, self.raw_offset, self.raw_size, self.span, self.raw_hash, self.stored_hash, self.hash

def parse_node(descriptor, depth, at):
    """(codec, parameters, children) and what is left."""
    corrupt_unless(depth <= 4, "the pipeline is too deep", at)
    corrupt_unless(len(descriptor) >= 2 and len(descriptor) >= descriptor[1] + 3, "the descriptor goes on past its size", at)
    codec, p = descriptor[:2]
    parameters, c, rest = descriptor[2 : 2 + p], descriptor[2 + p], descriptor[3 + p :]
    children = []
    for _ in range(c):
        child, rest = parse_node(rest, depth + 1, at)
        children.append(child)
    return (codec, parameters, children), rest

class Index:
    def __init__(self, data, at, expected_blocks):
        prefix = take(data, at, 56, "the index")
        corrupt_unless(prefix[:8] == INDEX_MAGIC, "no index starts here", at)
        corrupt_unless(ends_with_hash(prefix), "the index's first bytes do not match their hash", at)
        self.id_low, blocks, self.size, sections, reserved, self.link = struct.unpack("<3Q2IQ", prefix[8:48])
        unsupported_unless(reserved == 0, "the index sets reserved bits", at + 36)
        least = 64 + 48 * blocks + 16 * sections
        corrupt_unless(self.size == least if sections == 0 else self.size >= least, "the index's size", at + 24)
        corrupt_unless(blocks == expected_blocks, f"an index of {blocks} blocks and not {expected_blocks}", at + 16)
        index = take(data, at, self.size, "the index")
        corrupt_unless(ends_with_hash(index), "the index does not match its hash", at)
        self.parse_entries(index, blocks, at)
        self.parse_sections(index, 56 + 48 * blocks, sections, at)
        corrupt_unless(not blocks or self.entries[-1][6] == self.link, "the index's link is not its last entry's hash", at + 40)

    def parse_entries(self, index, blocks, at):
        self.entries, self.blocks_end, self.raw_end = [], 64, 0
        for i in range(blocks):
            entry = struct.unpack_from("<2Q2I3Q", index, 56 + 48 * i)
            stored_offset, raw_offset, raw_size, span = entry[:4]
            place = at + 56 + 48 * i
            corrupt_unless((stored_offset, raw_offset) == (self.blocks_end, self.raw_end), f"entry {i} leaves a gap", place)
            last_and_not_first = 0 < i == blocks - 1
            corrupt_unless((0 if last_and_not_first else 1) <= raw_size <= LARGEST_BLOCK, f"entry {i}'s raw size", place + 16)
            corrupt_unless((84 if raw_size else 83) <= span <= 335 + raw_size, f"entry {i}'s span", place + 20)
            self.blocks_end, self.raw_end = self.blocks_end + span, self.raw_end + raw_size
            corrupt_unless(self.blocks_end < 1 << 64 and self.raw_end < 1 << 64, f"entry {i} ends past 64 bits", place)
            self.entries.append(entry)

    def parse_sections(self, index, place, count, at):
        last, end = -1, len(index) - 8
        for _ in range(count):
            corrupt_unless(end - place >= 16, "a section goes on past the index", at + place)
            kind, flags, reserved, size = struct.unpack_from("<HHIQ", index, place)
            corrupt_unless(size <= end - place - 16, "a section goes on past the index", at + place)
            unsupported_unless(flags <= 1 and reserved == 0, "a section sets reserved bits", at + place)
            corrupt_unless(kind > last, "the sections are not in order", at + place)
            unsupported_unless(flags == 0, f"a section of type {kind}, which must be understood", at + place)
            last, place = kind, place + 16 + size
        corrupt_unless(place == end, "the sections leave bytes over", at + place)

class Footer:
    size = 96

    def __init__(self, data, at):
        footer = take(data, at, self.size, "the footer")
        corrupt_unless(footer[88:] == FOOTER_MAGIC, "no footer stands here", at + 88)
        corrupt_unless(ends_with_hash(footer[:88]), "the footer does not match its hash", at)
        (self.blocks, self.raw_size, self.index_offset, self.index_size, self.length, self.root, self.archive_id, version, digest,
            reserved) = struct.unpack("<5Q16s16sHB5s", footer[:80])
        unsupported_unless(version == 1, f"version {version}", at + 72)
        unsupported_unless(digest == 0, f"digest kind {digest}", at + 74)
        unsupported_unless(not any(reserved), "the footer sets reserved bits", at + 75)
        corrupt_unless(self.length == self.index_offset + self.index_size + 96, "the footer's lengths disagree", at + 16)
        corrupt_unless(self.length <= at + 96, "the archive would start before the input", at + 32)
        corrupt_unless(self.index_offset >= 64 + 83 * self.blocks, "more blocks than the archive can hold", at)
        corrupt_unless(self.index_size >= 64 + 48 * self.blocks, "more blocks than the index can hold", at)
        corrupt_unless(self.blocks - 1 <= self.raw_size <= LARGEST_BLOCK * self.blocks, "the footer's total raw size", at + 8)
        self.start = at + 96 - self.length

    def agree(self, header, index, at):
        """What must agree without reading a block; at is where the footer stands."""
        corrupt_unless(self.archive_id == header.archive_id, "a footer of another archive", at + 56)
        corrupt_unless(index.id_low == header.id_low, "an index of another archive", at)
        corrupt_unless(self.blocks == len(index.entries) and self.raw_size == index.raw_end, "the footer's totals", at)
        corrupt_unless(self.index_offset == index.blocks_end and self.index_size == index.size, "the index's place", at + 16)
        raw_hashes = b"".join(struct.pack("<Q", entry[4]) for entry in index.entries)
        corrupt_unless(self.root == hash128(raw_hashes), "the root digest", at + 40)
        corrupt_unless(index.entries or index.link == header.hash, "the index does not link to the file header", at)
        corrupt_unless(all(entry[2] <= header.chunk_size for entry in index.entries), "a block above the chunk size", at)

def read_stream(data):
    """The raw bytes of every archive in order, as a list of parts."""
    parts, at = [], 0
    while True:
        start, header = at, FileHeader(data, at)
        at += header.size
        entries, link, raw_end, final = [], header.hash, 0, False
        while take(data, at, 8, "the archive")[:8] == SYNC_MARKER:
            block = BlockHeader(data, at)
            block.belongs(header, len(entries), link, raw_end, at)
            corrupt_unless(not final, "a block after the final one", at)
            parts.append(block.raw_bytes(data))
            entries.append(block.entry(at - start))
            link, raw_end, final, at = block.hash, raw_end + block.raw_size, block.final, at + block.span
        corrupt_unless(data[at : at + 8] == INDEX_MAGIC, "neither a block nor the index", at)
        corrupt_unless(final or not entries, "the index comes before the final block", at)
        index = Index(data, at, len(entries))
        corrupt_unless(index.link == link and index.entries == entries, "the index does not list the blocks", at)
        at += index.size
        footer = Footer(data, at)
        footer.agree(header, index, at)
        at += footer.size
        corrupt_unless(footer.start == start, "the archive length", at - 64)
        if at == len(data):
            return parts
        rest = bytes(data[at : at + 8])
        corrupt_unless(rest == HEADER_MAGIC[: len(rest)], "trailing bytes", at)

def read_index(data):
    """As read_stream, but footer first."""
    archives, end = [], len(data)
    while end > 0 or not archives:
        footer_at = end - Footer.size
        corrupt_unless(footer_at >= 0, "no room for a footer", 0)
        footer = Footer(data[:end], footer_at)
        start = footer.start
        header = FileHeader(data[:end], start)
        index = Index(data[:footer_at], start + footer.index_offset, footer.blocks)
        footer.agree(header, index, footer_at)
        parts, link = [], header.hash
        for ordinal, entry in enumerate(index.entries):
            at = start + entry[0]
            block = BlockHeader(data[: at + entry[3]], at)
            block.belongs(header, ordinal, link, entry[1], at)
            corrupt_unless(block.entry(entry[0]) == entry, "the block is not the one in the index", at)
            corrupt_unless(block.final == (ordinal == len(index.entries) - 1), "the final flag", at + 64)
            parts.append(block.raw_bytes(data))
            link = block.hash
        archives.insert(0, parts)
        end = start
    return [part for parts in archives for part in parts]

def main():
    arguments = argparse.ArgumentParser(description="Decode a Bale archive and check all of it.")
    arguments.add_argument("file")
    arguments.add_argument("-o", metavar="OUT", help="write the raw bytes there; - is standard output")
    arguments.add_argument("--reader", choices=["both", "stream", "index"], default="both")
    options = arguments.parse_args()
    try:
        data = sys.stdin.buffer.read() if options.file == "-" else open(options.file, "rb").read()
        parts = read_index(data) if options.reader == "index" else read_stream(data)
        if options.reader == "both":
            assert b"".join(read_index(data)) == b"".join(parts), "the readers disagree"
        raw = b"".join(parts)
        if options.o:
            with open(1 if options.o == "-" else options.o, "wb") as out:
                out.write(raw)
        print(f"{options.file}: sound, {len(parts)} blocks, {len(raw)} raw bytes", file=sys.stderr)
    except Unsound as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{options.file}: {error}", file=sys.stderr)
        return 1
    return 0

if __name__ == "__main__":
    sys.exit(main())
