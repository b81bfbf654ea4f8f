"""Holds bale_decode.py and bale_codecs.py against the specification's worked example, damage of every kind, and golden files.

Run: python3 -m unittest discover -s Tests/spec_decoder
"""
import pathlib
import random
import re
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

import lz4.block

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))
import bale_codecs as codecs  # noqa: E402
import bale_decode as bale  # noqa: E402
from bale_salvage import salvage  # noqa: E402

EXAMPLE_RAW = b"A" * 4096 + b"Hello, Bale!\n"

def example():
    """The archive of Example.md."""
    page = (ROOT / "Sources/Format/Format.docc/Example.md").read_text()
    rows = re.findall(r"^ *\d+  ((?:[0-9A-F]{2} ?)+)", page.split("```")[1], re.MULTILINE)
    return bytes.fromhex(" ".join(rows))

def sealed(fields):
    return fields + struct.pack("<Q", bale.hash64(fields))

def node(codec, parameters=b"", *children):
    return bytes([codec, len(parameters)]) + parameters + bytes([len(children)]) + b"".join(children)

def build(blocks, chunk_size=1 << 20, archive_id=b"0123456789abcdef", sections=b"", section_count=0):
    """An archive of (descriptor, payload, raw bytes)."""
    out = sealed(bale.HEADER_MAGIC + struct.pack("<HBBI16sQQQ", 1, 0, 0, chunk_size, archive_id, 0, 1 << 63, 0))
    link, raw_offset, entries, raw_hashes = out[-8:], 0, b"", b""
    for ordinal, (descriptor, payload, raw) in enumerate(blocks):
        raw_hash, stored_hash = bale.hash64(raw), bale.hash64(payload)
        header = sealed(
            bale.SYNC_MARKER + archive_id[:8] + link
            + struct.pack("<4Q2IBB6x", ordinal, raw_offset, raw_hash, stored_hash, len(raw), len(payload),
                          ordinal == len(blocks) - 1, len(descriptor)) + descriptor)
        link = header[-8:]
        entries += struct.pack("<2Q2I2Q", len(out), raw_offset, len(raw), len(header + payload), raw_hash, stored_hash) + link
        raw_hashes += struct.pack("<Q", raw_hash)
        out, raw_offset = out + header + payload, raw_offset + len(raw)
    size = 64 + len(entries) + len(sections)
    index = sealed(bale.INDEX_MAGIC + archive_id[:8] + struct.pack("<2Q2I", len(blocks), size, section_count, 0) + link)
    index = sealed(index + entries + sections)
    footer = struct.pack("<5Q", len(blocks), raw_offset, len(out), size, len(out) + size + 96) + bale.hash128(raw_hashes)
    return out + index + sealed(footer + archive_id + struct.pack("<HB5x", 1, 0)) + bale.FOOTER_MAGIC

def varint(value):
    return bytes([value & 0x7F | 0x80]) + varint(value >> 7) if value > 0x7F else bytes([value])

def deflate(raw):
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeezer.compress(raw) + squeezer.flush()

def every_codec():
    """One block for each codec that has an encoder at hand."""
    text = b"the quick brown fox jumps over the lazy dog. " * 40
    literals = b"ab\0cdefgh"
    branch = bytes([9, 9, 2, 2]) + literals + b"\x02\x04"
    runs = varint(1) + varint(70_000)
    long_run = varint(2) + varint(2) + varint(len(runs)) + varint(len(runs)) + b"yz" + runs
    return [
        (node(0), b"incompressible", b"incompressible"),
        (node(1), b"x", b"x" * 100_000),
        (node(4), deflate(text), text),
        (node(5), lz4.block.compress(text, store_size=False), text),
        (node(2, b"", node(0), node(0)), branch, b"ab" + b"\0" * 20 + b"cdefgh"),
        (node(2, b"", node(0), node(0)), long_run, b"y" + b"z" * 70_016),
        (node(2, b"", node(4), node(0)), nested(), LETTERS + b"-" * 16 + b"."),
        # The worked example of Huffman.md, with lanes and without.
        (node(3), huffman_example(), b"\0" * 191 + b"\1"),
        (node(3), bytes.fromhex("0E 00 11") + bytes(23) + b"\1", b"\0" * 191 + b"\1"),
        # The same top byte 20 times, and a remainder; 1, 2, 3 ... as their differences; the worked example of Transforms.md.
        (node(6, b"\2\0", node(0), node(1)), b"\x15\x15\x14\1" + bytes(range(20)) + b"r?", PLANES + b"r"),
        (node(7, b"\1\0", node(1)), b"\x64\1\1", bytes(range(1, 101))),
        (node(8, b"\4", node(0), node(0)), b"\x0A\x0A\1\1" + SPARSE_VALUES + b"\x12", SPARSE),
    ]

PLANES = b"".join(bytes([low, 63]) for low in range(20))
SPARSE = bytes.fromhex("00000000 01020304 00000000 00000000 05000000 AABB")
SPARSE_VALUES = bytes.fromhex("01020304 05000000 AABB")

CALLS = [
    (0, "90 E8 0A 00 00 00 E8 05 00 00 00 48 8D 05 FC FF FF FF E8 00", "90 E8 10 00 00 00 E8 10 00 00 00 48 8D 05 0E 00 00 00 E8 00"),
    (1, "1F 20 03 D5 03 00 00 94 02 00 00 94 E8", "1F 20 03 D5 04 00 00 94 04 00 00 94 E8"),
]

LETTERS = b"letters and letters and letters and letters"

def nested():
    literals, runs = LETTERS + b"-.", varint(len(LETTERS)) + varint(0)
    squeezed = deflate(literals)
    sizes = varint(len(literals)) + varint(len(squeezed)) + varint(len(runs)) + varint(len(runs))
    return sizes + squeezed + runs

def huffman_example():
    bits = "".join("0001" + "0" + ("0000000100000000" if lane == 9 else "0" * 16) for lane in range(32))
    return bytes.fromhex("52 00 11 00") + int(bits, 2).to_bytes(84, "big")

def outcome(read, data):
    try:
        return b"".join(read(data))
    except bale.Unsound as error:
        return error

class ExampleTests(unittest.TestCase):
    def test_example_decodes(self):
        self.assertEqual(len(example()), 500)
        for read in (bale.read_stream, bale.read_index):
            self.assertEqual(b"".join(read(example())), EXAMPLE_RAW)
        self.assertEqual([(archive, block.ordinal) for archive, block, _ in salvage(example())], [(0, 0), (0, 1)])

    def test_concatenation(self):
        data = example() + build([]) + example()
        for read in (bale.read_stream, bale.read_index):
            self.assertEqual(b"".join(read(data)), EXAMPLE_RAW * 2)
        self.assertEqual([archive for archive, _, _ in salvage(data)], [0, 0, 1, 1])

    def test_every_codec(self):
        blocks = every_codec()
        for read in (bale.read_stream, bale.read_index):
            self.assertEqual(b"".join(read(build(blocks))), b"".join(raw for _, _, raw in blocks))

    def test_command(self):
        with tempfile.TemporaryDirectory() as folder:
            archive, out = pathlib.Path(folder, "a.bale"), pathlib.Path(folder, "out")
            command = [sys.executable, str(HERE / "bale_decode.py"), str(archive), "-o", str(out)]
            archive.write_bytes(example())
            self.assertEqual(subprocess.run(command, capture_output=True).returncode, 0)
            self.assertEqual(out.read_bytes(), EXAMPLE_RAW)
            archive.write_bytes(example()[:-1])
            self.assertEqual(subprocess.run(command, capture_output=True).returncode, 2)
            archive.unlink()
            self.assertEqual(subprocess.run(command, capture_output=True).returncode, 1)

class DamageTests(unittest.TestCase):
    def samples(self):
        return [example(), build([]), build(every_codec()), example() + build([])]

    def test_every_bit_flip(self):
        for data in [example(), build([]) + example()]:
            for bit in range(8 * len(data)):
                flipped = bytearray(data)
                flipped[bit // 8] ^= 1 << bit % 8
                for read in (bale.read_stream, bale.read_index):
                    self.assertIsInstance(outcome(read, bytes(flipped)), bale.Unsound, (read.__name__, bit))

    def test_every_truncation(self):
        for data, whole in [(example() + build([]), {500}), (build(every_codec()), set())]:
            for size in range(len(data)):
                result = outcome(bale.read_stream, data[:size])
                if size in whole:
                    self.assertEqual(result, EXAMPLE_RAW)
                    continue
                self.assertEqual(getattr(result, "kind", None), "truncated", size)
                self.assertIsInstance(outcome(bale.read_index, data[:size]), bale.Unsound, size)

    def test_trailing_bytes(self):
        for tail in (b"\0", b"trailing bytes", bale.FOOTER_MAGIC, example()[64:]):
            for read in (bale.read_stream, bale.read_index):
                self.assertIsInstance(outcome(read, example() + tail), bale.Unsound)
        self.assertEqual(outcome(bale.read_stream, example() + bale.HEADER_MAGIC[:3]).kind, "truncated")

    def test_mutations(self):
        seed = random.randrange(1 << 32)
        numbers = random.Random(seed)
        for turn in range(3000):
            data = numbers.choice(self.samples())
            mutated = bytearray(data)
            for _ in range(numbers.randint(1, 4)):
                mutated[numbers.randrange(len(data))] = numbers.randrange(256)
            start, end = sorted(numbers.sample(range(len(data)), 2))
            if turn % 3 == 0:
                mutated[start:start] = data[start:end]
            if turn % 3 == 1:
                del mutated[start:end]
            if bytes(mutated) == data:
                continue
            for read in (bale.read_stream, bale.read_index):
                self.assertIsInstance(outcome(read, bytes(mutated)), bale.Unsound, f"seed {seed} turn {turn}")

    def test_payloads_under_right_hashes(self):
        """Damage that no hash shows: the codecs' own rules must end in an error or in the announced raw bytes."""
        seed = random.randrange(1 << 32)
        numbers = random.Random(seed)
        for turn in range(3000):
            descriptor, payload, raw = numbers.choice(every_codec()[2:])
            mutated = bytearray(payload)
            for _ in range(numbers.randint(1, 3)):
                mutated[numbers.randrange(len(payload))] = numbers.randrange(256)
            if turn % 4 == 0:
                mutated = mutated[: numbers.randrange(1, len(mutated))]
            result = outcome(bale.read_stream, build([(descriptor, bytes(mutated), raw)]))
            self.assertTrue(result == raw or isinstance(result, bale.Unsound), f"seed {seed} turn {turn}")

    def test_salvage(self):
        data = build(every_codec())
        count = len(every_codec())
        for place in range(0, len(data), 7):
            damaged = data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]
            self.assertGreaterEqual(len(salvage(damaged)), count - 1)
        self.assertEqual(len(salvage(data[64:])), count)

class RuleTests(unittest.TestCase):
    def expect(self, kind, data):
        for read in (bale.read_stream, bale.read_index):
            self.assertEqual(getattr(outcome(read, data), "kind", "accepted"), kind)

    def section(self, kind, flags, body=b"", reserved=0):
        return struct.pack("<HHIQ", kind, flags, reserved, len(body)) + body

    def test_sections(self):
        blocks = every_codec()[:1]
        two = self.section(1, 0, b"abc") + self.section(7, 0)
        self.assertEqual(outcome(bale.read_stream, build(blocks, sections=two, section_count=2)), b"incompressible")
        self.expect("unsupported", build(blocks, sections=self.section(1, 1), section_count=1))
        self.expect("unsupported", build(blocks, sections=self.section(1, 2), section_count=1))
        self.expect("unsupported", build(blocks, sections=self.section(1, 0, reserved=1), section_count=1))
        self.expect("corrupt", build(blocks, sections=self.section(7, 0) + self.section(7, 0), section_count=2))
        self.expect("corrupt", build(blocks, sections=two + b"\0" * 16, section_count=2))
        self.expect("corrupt", build(blocks, sections=two, section_count=0))

    def test_descriptors(self):
        raw = b"r" * 100
        self.expect("unsupported", build([(node(250), b"s", raw)]))
        self.expect("corrupt", build([(node(1, b"\0"), b"r", raw)]))
        self.expect("corrupt", build([(node(1, b"", node(0)), b"r", raw)]))
        self.expect("corrupt", build([(node(2, b"", node(0)), b"r", raw)]))
        self.expect("corrupt", build([(node(1) + b"\0", b"r", raw)]))
        self.expect("corrupt", build([(node(9, b"", node(9, b"", node(9, b"", node(9, b"", node(9))))), b"r", raw)]))
        self.expect("unsupported", build([(node(99, b"", node(99, b"", node(99, b"", node(99)))), b"r", raw)]))

    def streams(self, decode, parameters, raw_size, *streams):
        """What a branch's decoder makes of streams that are stored."""
        sizes = b"".join(varint(len(stream)) * 2 for stream in streams)
        cursor = codecs.Cursor(sizes + b"".join(streams), 0)
        try:
            return decode(cursor, raw_size, parameters, [(0, b"", [])] * len(streams))
        except bale.Unsound as error:
            return error.kind

    def test_transforms(self):
        """The worked examples of Transforms.md, and what it says must be refused."""
        numbers = bytes.fromhex("80 BF 01 40 FF C0 55")
        for rotation, planes in [(0, ("80 01 FF 55", "BF 40 C0")), (1, ("01 02 FF 55", "7F 80 81"))]:
            planes = [bytes.fromhex(plane) for plane in planes]
            self.assertEqual(self.streams(codecs.decode_planes, bytes([2, rotation]), 7, *planes), numbers)
            self.assertEqual(self.streams(codecs.decode_planes, bytes([2, rotation]), 7, planes[0][:3], planes[1]), "corrupt")
            self.assertEqual(self.streams(codecs.decode_planes, bytes([2, rotation]), 9, *planes), "corrupt")
        series = bytes.fromhex("05 00 03 00 04 00 FF FF 2A")
        for kind, stream in enumerate(["05 00 FE FF 01 00 FB FF 2A", "05 00 06 00 07 00 FB FF 2A", "0A 00 03 00 02 00 09 00 2A"]):
            stream = bytes.fromhex(stream)
            self.assertEqual(self.streams(codecs.decode_delta, bytes([2, kind]), 9, stream), series)
            self.assertEqual(self.streams(codecs.decode_delta, bytes([2, kind]), 8, stream), "corrupt")
            self.assertEqual(self.streams(codecs.decode_delta, bytes([2, kind]), 10, stream), "corrupt")
        self.assertEqual(self.streams(codecs.decode_sparse, b"\4", 22, SPARSE_VALUES, b"\x12"), SPARSE)
        for values, bitmap in [(SPARSE_VALUES, b"\x10"), (SPARSE_VALUES, b"\x13"), (SPARSE_VALUES, b"\x32"), (SPARSE_VALUES, b""),
                               (SPARSE_VALUES, b"\x12\0"), (SPARSE_VALUES[1:], b"\x12")]:
            self.assertEqual(self.streams(codecs.decode_sparse, b"\4", 22, values, bitmap), "corrupt")
        for architecture, raw, stream in CALLS:
            raw, stream = bytes.fromhex(raw), bytes.fromhex(stream)
            self.assertEqual(self.streams(codecs.decode_calls, bytes([architecture]), len(raw), stream), raw)
            self.assertEqual(self.streams(codecs.decode_calls, bytes([architecture]), len(raw), stream[1:]), "corrupt")
            self.assertEqual(self.streams(codecs.decode_calls, bytes([architecture]), len(raw) - 1, stream), "corrupt")
        for codec, parameters, children in [(10, b"\2", 1), (10, b"\0", 2), (10, b"", 1), (6, b"\3\0", 3), (6, b"\1\0", 1), (6, b"\4\2", 4), (6, b"\4", 4), (6, b"\4\0", 2),
                                            (7, b"\3\0", 1), (7, b"\2\3", 1), (7, b"\2", 1), (8, b"\0", 2), (8, b"\2\0", 2)]:
            payload = (varint(5) * 2 * children + bytes(90))[:99]
            self.expect("corrupt", build([(node(codec, parameters, *[node(0)] * children), payload, bytes(100))]))

    def test_sizes(self):
        self.expect("corrupt", build([(node(0), b"rr", b"r" * 3)]))
        self.expect("corrupt", build([(node(1), b"r", b"r")]))
        self.expect("corrupt", build([(node(0), b"", b"")]))
        self.expect("corrupt", build([(node(1), b"r", b"r" * 5000)], chunk_size=4096))
        self.expect("corrupt", build([(node(5), b"\x1Fa\1\0\xFF\xFF", b"a" * 5000)]))
        blocks = every_codec()[:1]
        self.assertEqual(outcome(bale.read_stream, build(blocks + [(node(0), b"", b"")])), blocks[0][2])
        self.expect("corrupt", build(blocks + [(node(0), b"", b"")] + blocks))

    def test_growing_blocks(self):
        """Blocks of any size up to the chunk size, in any order: by both readers, and by salvage without one of them."""
        blocks = [(node(1), letter, letter * size) for letter, size in [(b"a", 4096), (b"b", 4096), (b"c", 8192), (b"d", 2), (b"e", 8192), (b"f", 7)]]
        raw = b"".join(block[2] for block in blocks)
        data = build(blocks, chunk_size=8192)
        self.assertEqual(outcome(bale.read_stream, data), raw)
        self.assertEqual(outcome(bale.read_index, data), raw)
        self.assertEqual(len(salvage(data[:80] + bytes(20) + data[100:])), len(blocks) - 1)

    def test_header(self):
        for place, kind in [(8, "unsupported"), (10, "unsupported"), (11, "unsupported"), (32, "unsupported"), (50, "unsupported"),
                            (15, "corrupt")]:
            header = bytearray(example()[:56])
            header[place] ^= 0x40
            self.assertEqual(outcome(bale.read_stream, sealed(bytes(header)) + example()[64:]).kind, kind)
        self.assertEqual(outcome(bale.read_stream, b"plain text").kind, "not an archive")
        self.assertEqual(outcome(bale.read_stream, b"").kind, "truncated")
        self.assertIsInstance(outcome(bale.read_stream, example().replace(b"\r\n", b"\n")), bale.Unsound)

class GoldenTests(unittest.TestCase):
    def test_golden_files(self):
        """Each archive in Fixtures/Golden stands beside its raw bytes, without the suffix."""
        for archive in sorted((ROOT / "Fixtures").glob("Golden/**/*.bale")):
            raw = archive.with_suffix("").read_bytes()
            for read in (bale.read_stream, bale.read_index):
                self.assertEqual(outcome(read, archive.read_bytes()), raw, archive)
        for archive in sorted((ROOT / "Fixtures").glob("Hostile/*.bale")):
            for read in (bale.read_stream, bale.read_index):
                self.assertIsInstance(outcome(read, archive.read_bytes()), bale.Unsound, archive)

if __name__ == "__main__":
    unittest.main()
