"""Holds bale_lz.py against the specification's worked example and against streams that it must refuse.

Run: python3 -m unittest discover -s Tests/spec_decoder
"""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import bale_lz  # noqa: E402

RAW = b"abcdabcdabcdXabcd" + 24 * b"Y"
STREAMS = [b"abcdXY", bytes([0xB4, 0x10, 0xDF]), b"\5", b"", b"", b"\1", b"\4"]

def check(condition, message):
    if not condition:
        raise ValueError(message)

def join(streams, raw_size=len(RAW), shortest=4):
    return bale_lz.join(streams, raw_size, shortest, check)

class LZTests(unittest.TestCase):
    def test_worked_example(self):
        self.assertEqual(join(STREAMS), RAW)

    def test_literals_as_differences(self):
        differences = [b"abcd\xF7\1", *STREAMS[1:3], b"\x10", *STREAMS[4:]]
        self.assertEqual(join(differences), RAW)
        with self.assertRaises(ValueError):
            join([*differences[:3], b"\x10\0", *differences[4:]])

    def test_a_large_distance(self):
        raw = bytes(range(250)) * 4 + b"\0\1\2\3"
        for low, bits in ((b"", b"\x28"), (b"\4\x08", b"\2")):
            self.assertEqual(join([raw[:1000], b"\x30", b"\x3F", low, bits, b"\xFF\xE5\x03\0\0", b""], 1004), raw)

    def test_refuses_broken_streams(self):
        for number, stream in enumerate(STREAMS):
            changes = [stream[:-1], stream + b"\1"] if stream else [b"\1\1"]
            for change in changes:
                with self.subTest(stream=number, change=change), self.assertRaises(ValueError):
                    join([*STREAMS[:number], change, *STREAMS[number + 1 :]])
        for raw_size in (0, len(RAW) - 1, len(RAW) + 1):
            with self.assertRaises(ValueError):
                join(STREAMS, raw_size)
        with self.assertRaises(ValueError):
            join(STREAMS, shortest=5)

    def test_refuses_classes_and_low_bits_out_of_range(self):
        for change in (b"\0", b"\xC0", b"\x0E"):
            with self.subTest(change=change), self.assertRaises(ValueError):
                join([*STREAMS[:2], change, *STREAMS[3:]])
        for low in (b"\0", b"\x09", b"\x19", b"\x20", b"\x30"):
            with self.assertRaises(ValueError):
                join([*STREAMS[:3], low, *STREAMS[4:]])

if __name__ == "__main__":
    unittest.main()
