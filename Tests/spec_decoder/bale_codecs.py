"""The codecs of Bale's blocks, for bale_decode.py; written from the specification's text alone.

The specification: Sources/Format/Format.docc/Codecs.md, Sources/Codecs/Codecs.docc (Pipelines.md, RunLength.md, Huffman.md,
LZ.md through bale_lz.py, Transforms.md). Needs Python 3.8 and, from PyPI, lz4.
"""
import itertools
import struct
import zlib

import lz4.block

import bale_lz

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
    corrupt_unless(len(parameters) == parameter_count, f"the parameters of {name}", at)
    count = streams(parameters) if callable(streams) else streams
    corrupt_unless(len(children) == count, f"{len(children)} children of {name}", at)
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

def decode_huffman(cursor, raw_size):
    out, table = bytearray(), None
    while len(out) < raw_size:
        byte, size, left = cursor.byte(), cursor.byte(), raw_size - len(out)
        cursor.check(2048 * size < left, "a segment's size")
        n = min(2048 * (size + 1), left)
        mode, g, rows = byte & 3, byte >> 2 & 3, byte >> 4
        cursor.check((mode >= 2 or byte == mode) and (g <= 2 or rows == 0), "a segment's first byte")
        if mode == 0:
            out += cursor.bytes(n)
        elif mode == 1:
            out += cursor.bytes(1) * n
        else:
            if mode == 2:
                table = read_table(cursor)
            cursor.check(table is not None, "the last table before any")
            if g == 3:
                bits = Bits(cursor, 12 * n // 8 + 1)
                out += bytes(bits.symbol(table) for _ in range(n))
                bits.finish()
            else:
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

def decode_planes(cursor, raw_size, parameters, children):
    width, rotation = parameters
    cursor.check(width in (2, 4, 8) and rotation in (0, 1), "the parameters of planes")
    q, r = divmod(raw_size, width)
    planes = decode_streams(cursor, children, [q + r] + [q] * (width - 1))
    cursor.check([len(plane) for plane in planes] == [q + r] + [q] * (width - 1), "a plane's size")
    out = bytearray(raw_size)
    for i in range(q):
        element = sum(plane[i] << 8 * k for k, plane in enumerate(planes))
        if rotation == 1:
            element = element >> 1 | (element & 1) << 8 * width - 1
        out[i * width : i * width + width] = element.to_bytes(width, "little")
    out[q * width :] = planes[0][q:]
    return bytes(out)

def decode_delta(cursor, raw_size, parameters, children):
    width, kind = parameters
    cursor.check(width in (1, 2, 4, 8) and kind <= 2, "the parameters of delta")
    (differences,) = decode_streams(cursor, children, [raw_size])
    cursor.check(len(differences) == raw_size, "the size of the differences")
    out, last, q = bytearray(), 0, raw_size // width
    for i in range(q):
        f = int.from_bytes(differences[i * width : i * width + width], "little")
        if kind == 2:
            f = f // 2 if f % 2 == 0 else -((f + 1) // 2)
        last = last ^ f if kind == 1 else (last + f) % (1 << 8 * width)
        out += last.to_bytes(width, "little")
    return bytes(out + differences[q * width :])

def decode_sparse(cursor, raw_size, parameters, children):
    width = parameters[0]
    cursor.check(width in (1, 2, 4, 8), "the parameter of sparse")
    q, r = divmod(raw_size, width)
    values, bitmap = decode_streams(cursor, children, [raw_size, (q + 7) // 8])
    cursor.check(len(bitmap) == (q + 7) // 8, "the size of the bitmap")
    bits = int.from_bytes(bitmap, "little")
    cursor.check(bits >> q == 0, "bits behind the last element")
    cursor.check(len(values) == width * bin(bits).count("1") + r, "values and bitmap disagree")
    out, place = bytearray(), 0
    for i in range(q):
        present = bitmap[i // 8] >> i % 8 & 1
        out += values[place : place + width] if present else bytes(width)
        place += width * present
    return bytes(out + values[place:])

def signed(value, bits):
    """The low bits of a number, read as two's complement."""
    value %= 1 << bits
    return value - (value >> bits - 1 << bits)

def distances_x86(code):
    i = 0
    while i + 6 <= len(code):
        length = 1
        if code[i] == 0xE8:
            length = 5
        elif code[i] in (0x89, 0x8B, 0x8D) and code[i + 1] & 0xC7 == 0x05:
            length = 6
        i += length
        if length > 1:
            operand = int.from_bytes(code[i - 4 : i], "little", signed=True)
            if -(1 << 27) <= operand < 1 << 27:
                code[i - 4 : i] = signed(operand - i, 28).to_bytes(4, "little", signed=True)

def distances_arm64(code):
    for i in range(0, len(code) - 3, 4):
        w = int.from_bytes(code[i : i + 4], "little")
        if w >> 26 == 37:
            w = 37 << 26 | (w - i // 4) % (1 << 26)
        elif w >> 31 == 1 and w >> 24 & 31 == 16:
            d = signed((w >> 5 & 0x7FFFF) << 2 | w >> 29 & 3, 21)
            if -(1 << 17) <= d < 1 << 17:
                d = signed(d - i // 4096, 18)
                w = w & 0x9F00001F | (d & 3) << 29 | (d >> 2 & 0x7FFFF) << 5
        code[i : i + 4] = w.to_bytes(4, "little")

def decode_calls(cursor, raw_size, parameters, children):
    cursor.check(parameters[0] in (0, 1), "the parameter of calls")
    (instructions,) = decode_streams(cursor, children, [raw_size])
    cursor.check(len(instructions) == raw_size, "the size of the instructions")
    code = bytearray(instructions)
    (distances_x86, distances_arm64)[parameters[0]](code)
    return bytes(code)

# number: name, parameters, streams (or how they follow from the parameters), expansion, decoder
CODECS = {
    0: ("stored", 0, 0, 1, Cursor.bytes),
    1: ("constant", 0, 0, LARGEST_BLOCK, lambda cursor, raw_size: cursor.bytes(1) * raw_size),
    2: ("runlength", 0, 2, LARGEST_BLOCK, decode_runlength),
    3: ("huffman", 0, 0, (1 << 19) // 3 + 1, decode_huffman),
    4: ("deflate", 0, 0, 1032, decode_deflate),
    5: ("lz4", 0, 0, 255, decode_lz4),
    6: ("planes", 2, lambda parameters: parameters[0], LARGEST_BLOCK, decode_planes),
    7: ("delta", 2, 1, LARGEST_BLOCK, decode_delta),
    8: ("sparse", 1, 2, LARGEST_BLOCK, decode_sparse),
    9: ("lz", 1, 7, LARGEST_BLOCK, decode_lz),
    10: ("calls", 1, 1, LARGEST_BLOCK, decode_calls),
}
