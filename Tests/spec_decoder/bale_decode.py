#!/usr/bin/env python3
"""Decodes Bale archives, written from the specification's text alone and not from Bale's sources.

usage: bale_decode.py FILE [-o OUT] [--reader both|stream|index]

FILE may be - for standard input. Without -o nothing is written but a summary. The raw bytes are written only when the whole
input has passed every check. Exit status: 0 sound, 1 cannot read or write, 2 not sound.

The specification: Sources/Format/Format.docc (Container.md, Codecs.md), Sources/Codecs/Codecs.docc (RunLength.md, Huffman.md).
Needs Python 3.8 and, from PyPI, xxhash and lz4.
"""
import argparse
import itertools
import struct
import sys
import zlib

import lz4.block
import xxhash

import bale_lz

HEADER_MAGIC = bytes.fromhex("89 42 41 4C 0D 0A 1A 0A")
SYNC_MARKER = bytes.fromhex("F1 9D C3 8A E6 B5 D2 97")
INDEX_MAGIC = bytes.fromhex("D8 42 41 4C 49 44 58 A7")
FOOTER_MAGIC = bytes.fromhex("C5 42 41 4C 45 4E 44 B9")
LARGEST_BLOCK = 67_108_864

class Unsound(Exception):
    """What a reader ends with: kind is one of the specification's four results, offset counts from the input's first byte."""

    def __init__(self, kind, message, offset):
        super().__init__(f"{kind}: {message} (at byte {offset})")
        self.kind, self.offset = kind, offset

def corrupt_unless(condition, message, offset, kind="corrupt"):
    if not condition:
        raise Unsound(kind, message, offset)

def unsupported_unless(condition, message, offset):
    corrupt_unless(condition, message, offset, "unsupported")

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

class Cursor:
    """Reads a codec's bytes front to back; at is the offset of the first one in the input, for messages."""

    def __init__(self, data, at):
        self.data, self.at, self.place = data, at, 0

    def bytes(self, count):
        corrupt_unless(count <= len(self.data) - self.place, "the payload ends too early", self.at + self.place)
        self.place += count
        return self.data[self.place - count : self.place]

    def byte(self):
        return self.bytes(1)[0]

    def varint(self):
        value = shift = 0
        while True:
            byte = self.byte()
            self.check(shift < 63 or (shift == 63 and byte <= 1), "a varint above 64 bits")
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                self.check(byte or not shift, "a varint longer than needed")
                return value
            shift += 7

    def check(self, condition, message):
        corrupt_unless(condition, message, self.at + self.place)

    def remaining(self):
        return len(self.data) - self.place

def decode_node(node, payload, raw_size, at):
    codec, parameters, children = node
    unsupported_unless(codec in CODECS, f"codec {codec}", at)
    name, parameter_count, streams, expansion, decode = CODECS[codec]
    corrupt_unless(len(parameters) == parameter_count and len(children) == streams, f"the descriptor of {name}", at)
    shrinks = len(payload) == raw_size if codec == 0 else len(payload) < raw_size
    corrupt_unless(shrinks, f"{len(payload)} bytes of {name} for {raw_size} raw bytes", at)
    corrupt_unless(raw_size <= len(payload) * expansion, f"{len(payload)} bytes of {name} cannot be {raw_size}", at)
    cursor = Cursor(payload, at)
    raw = decode(cursor, raw_size, *([parameters] if parameters else []), *([children] if children else []))
    cursor.check(cursor.remaining() == 0, f"{name} leaves bytes over")
    cursor.check(len(raw) == raw_size, f"{name} does not give the raw size")
    return raw

def decode_streams(cursor, children, limits):
    sizes = [(cursor.varint(), cursor.varint()) for _ in children]
    for (raw_size, _), limit in zip(sizes, limits):
        cursor.check(raw_size <= limit, "a stream larger than its codec allows")
    return [decode_node(child, cursor.bytes(stored), raw, cursor.at + cursor.place - stored)
            for child, (raw, stored) in zip(children, sizes)]

def decode_deflate(cursor, raw_size):
    inflater = zlib.decompressobj(-15)
    try:
        raw = inflater.decompress(cursor.bytes(cursor.remaining()), raw_size + 1)
    except zlib.error as error:
        raise Unsound("corrupt", f"deflate: {error}", cursor.at) from None
    cursor.check(inflater.eof and not inflater.unused_data, "the DEFLATE stream does not end with the payload")
    return raw

def decode_lz4(cursor, raw_size):
    try:
        return lz4.block.decompress(cursor.bytes(cursor.remaining()), uncompressed_size=raw_size)
    except lz4.block.LZ4BlockError as error:
        raise Unsound("corrupt", f"lz4: {error}", cursor.at) from None

def decode_runlength(cursor, raw_size, children):
    literals, runs = decode_streams(cursor, children, [raw_size - 15, raw_size // 8])
    pairs, place, out = Cursor(runs, cursor.at), 0, bytearray()
    pairs.check(runs, "runlength without runs")
    while pairs.remaining():
        gap, extra = pairs.varint(), pairs.varint()
        pairs.check(gap + 1 <= len(literals) - place, "a gap longer than the literals left")
        pairs.check(gap + 16 + extra <= raw_size - len(out), "a run past the end")
        out += literals[place : place + gap + 1]
        place += gap + 1
        out += out[-1:] * (15 + extra)
    return bytes(out + literals[place:])

def decode_lz(cursor, raw_size, parameters, children):
    streams = decode_streams(cursor, children, bale_lz.limits(raw_size))
    return bale_lz.join(streams, raw_size, parameters[0], cursor.check)

def decode_huffman(cursor, raw_size, parameters):
    p = parameters[0]
    cursor.check(14 <= p <= 20, f"segments of 2^{p} bytes")
    out, table = bytearray(), None
    while len(out) < raw_size:
        n = min(1 << p, raw_size - len(out))
        byte = cursor.byte()
        mode, g, rows = byte & 3, byte >> 2 & 3, byte >> 4
        cursor.check((mode >= 2 or byte == mode) and g <= 2, "a segment's first byte")
        if mode == 0:
            out += cursor.bytes(n)
        elif mode == 1:
            out += cursor.bytes(1) * n
        else:
            if mode == 2:
                table = read_table(cursor)
            cursor.check(table is not None, "the last table before any")
            decode_lanes(cursor, table, n, 1 << g, rows, out)
    return bytes(out)

class Bits:
    """A bit string, high bit first: at most limit bytes of what cursor has next."""

    def __init__(self, cursor, limit):
        data = cursor.data[cursor.place : cursor.place + limit]
        self.cursor, self.rest, self.size, self.given = cursor, int.from_bytes(data, "big"), 8 * len(data), 8 * len(data)

    def take(self, count):
        self.cursor.check(count <= self.size, "a bit string ends too early")
        self.size -= count
        value = self.rest >> self.size
        self.rest &= (1 << self.size) - 1
        return value

    def symbol(self, table):
        symbol, length = table[self.rest >> (self.size - 12) if self.size >= 12 else self.rest << (12 - self.size)]
        self.take(length)
        return symbol

    def finish(self):
        """Moves the cursor behind the last byte begun, whose other bits are zero."""
        self.cursor.check(self.take(self.size % 8) == 0, "bits that fill a byte are not zero")
        self.cursor.bytes((self.given - self.size) // 8)

def read_table(cursor):
    """A list for every 12 bits: the symbol whose code they start with, and the code's length."""
    lengths, kraft, last, start, bits = [], 0, 0, cursor.place, Bits(cursor, 256)
    while kraft < 4096:
        cursor.check(len(lengths) < 256, "an incomplete code")
        value = bits.take(4)
        cursor.check(value != 14 or last > 0, "a repeat of no length")
        last = last if value == 14 else value if value <= 12 else 0
        run = bits.take(4) + 3 if value in (13, 14) else bits.take(8) + 19 if value == 15 else 1
        lengths += [last] * run
        cursor.check(len(lengths) <= 256, "lengths of more than 256 symbols")
        kraft += run * (1 << 12 - last) if last else 0
    cursor.check(kraft == 4096, "an overfull code")
    bits.finish()
    cursor.check(write_table(lengths) == cursor.data[start : cursor.place], "a table written another way")
    return code_table(lengths)

def write_table(lengths):
    nibbles = []
    for length, group in itertools.groupby(lengths):
        run = len(list(group))
        if length == 0:
            nibbles += [0] * run if run < 3 else [13, run - 3] if run < 19 else [15, run - 19 >> 4, run - 19 & 15]
            continue
        nibbles.append(length)
        run -= 1
        while run >= 3:
            nibbles += [14, min(run, 18) - 3]
            run -= min(run, 18)
        nibbles += [length] * run
    nibbles += [0] * (len(nibbles) % 2)
    return bytes(a << 4 | b for a, b in zip(nibbles[::2], nibbles[1::2]))

def code_table(lengths):
    """Canonical codes in ascending order fill the 12-bit values from 0 up."""
    codes = sorted((length, symbol) for symbol, length in enumerate(lengths) if length > 0)
    return [(symbol, length) for length, symbol in codes for _ in range(1 << 12 - length)]

def decode_lanes(cursor, table, n, groups, rows, out):
    lanes = 32 * groups
    r = n % lanes
    t = rows * lanes + r if rows else lanes + r if r else 2 * lanes
    cursor.check(n - t >= lanes, "a segment too short for its lanes")
    counts = [cursor.varint() for _ in range(groups)]
    bits, queues = Bits(cursor, 5 * lanes), []
    for _ in range(lanes):
        size = 16 + bits.take(4)
        queues.append((bits.take(size), size))
    bits.finish()
    words = [iter(struct.unpack(f"<{count}H", cursor.bytes(2 * count))) for count in counts]
    group = [0 if groups == 1 else 2 * (lane // 64) + lane % 2 for lane in range(lanes)]
    for _ in range((n - t) // lanes):
        for lane in range(lanes):
            bits, size = queues[lane]
            symbol, length = table[bits >> (size - 12)]
            out.append(symbol)
            size -= length
            bits &= (1 << size) - 1
            if size < 16:
                word = next(words[group[lane]], None)
                cursor.check(word is not None, "a group's words are used up")
                bits, size = bits << 16 | word, size + 16
            queues[lane] = bits, size
    cursor.check(all(next(rest, None) is None for rest in words), "words are left over")
    cursor.check(all(size == 16 for _, size in queues), "a lane that does not end with 16 bits")
    area = b"".join(struct.pack("<H", bits) for bits, _ in queues)
    if rows == 0:
        out += area[:t]
        cursor.check(not any(area[t:]), "the rest of the tail area is not zero")
        return
    bits = Bits(Cursor(area, cursor.at), len(area))
    for _ in range(t):
        out.append(bits.symbol(table))
    cursor.check(bits.rest == 0, "the rest of the tail area is not zero")

# number: name, parameters, streams, expansion, decoder
CODECS = {
    0: ("stored", 0, 0, 1, Cursor.bytes),
    1: ("constant", 0, 0, LARGEST_BLOCK, lambda cursor, raw_size: cursor.bytes(1) * raw_size),
    2: ("runlength", 0, 2, LARGEST_BLOCK, decode_runlength),
    3: ("huffman", 1, 0, 1 << 19, decode_huffman),
    4: ("deflate", 0, 0, 1032, decode_deflate),
    5: ("lz4", 0, 0, 255, decode_lz4),
    9: ("lz", 1, 7, LARGEST_BLOCK, decode_lz),
}

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
