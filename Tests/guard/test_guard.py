"""Holds what reads and compares the guard's tables, and what reads callgrind's profiles, against small inputs.

Run: python3 -m unittest discover -s Tests/guard
"""
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import callgrind  # noqa: E402
import tables  # noqa: E402

# Two functions in two files; 7 is inlined from another file, 500 belongs to a callee.
PROFILE = """# callgrind format
version: 1
positions: line
events: Ir

ob=(1) /tmp/bale
fl=(1) a.swift
fn=(1) $s7Kernels5AlphaO3run
16 400
+3 20
fi=(2) b.swift
-2 7
fe=(1)
cfn=(2) $s6Codecs4BetaV
calls=3 +5
* 500
* 1

fn=(2)
30 60
totals: 988
""".splitlines()

FULL_NAMES = {
    "static Kernels.HuffmanEncode.encode(_: Swift.Int) -> ()": "Kernels.HuffmanEncode",
    "generic specialization <Kernels.Width17> of static Kernels.DoubleHashParser.(run in _C6C8)<A>(A.Type, Kernels.LZSettings) -> ()":
        "Kernels.DoubleHashParser",
    "function signature specialization <Arg[0] = Exploded> of function signature specialization <Arg[3] = Dead> of "
    "static Kernels.HuffmanLengths.(merge in _1503)(Kernels.SymbolWeights) -> ()": "Kernels.HuffmanLengths",
    "closure #1 (Kernels.SymbolWeights) -> () in KernelsAVX2.HuffmanCode.build() -> ()": "KernelsAVX2.HuffmanCode",
    "closure #1 (Kernels.A) -> () in static Kernels.B.(run in _C6C8)(_: Kernels.A) -> ()": "Kernels.B",
    "Swift.Int": None,
}  # fmt: skip


class CallgrindTests(unittest.TestCase):
    def test_costs_are_of_the_function_itself(self):
        self.assertEqual(callgrind.self_costs(PROFILE), {"$s7Kernels5AlphaO3run": 428, "$s6Codecs4BetaV": 60})

    def test_modules(self):
        self.assertEqual(callgrind.module("$s11KernelsAVX25AlphaO"), "KernelsAVX2")
        self.assertIsNone(callgrind.module("$sSa6append"))
        self.assertIsNone(callgrind.module("memcpy"))

    def test_kernels_by_full_names(self):
        for name, expected in FULL_NAMES.items():
            self.assertEqual(callgrind.kernel(name), expected, name)

    def test_sums_by_kernel_and_module(self):
        costs = {"$s7Kernels1aO": 1, "$s7Kernels1bO": 2, "$s6Codecs1cO": 4, "$s6Codecs1dO": 8, "swift_retain": 16, "$sSa": 32, "main": 64}
        counts = callgrind.by_kernel(costs, lambda symbols: ["static Kernels.A.f() -> ()"] * len(symbols))
        self.assertEqual(counts, {"Kernels.A": 3, "Codecs": 12, callgrind.RUNTIME_NAME: 48})


class TableTests(unittest.TestCase):
    def test_written_tables_read_back(self):
        head, rows = {"compiler": "Swift: 6"}, {("a b", "c"): 12, ("a b", "d"): 0}
        self.assertEqual(tables.read(tables.written(head, rows)), (head, rows))

    def test_damaged_tables_are_refused(self):
        for text in ("a\tb\n", "12\n", "a\t1\na\t1\n", "a\t-1\n"):
            with self.assertRaises(tables.Failure, msg=text):
                tables.read(text)

    def test_growth_counts_beyond_the_limit(self):
        old = {("same",): 1000, ("limit",): 1000, ("more",): 1000, ("less",): 1000, ("gone",): 1}
        new = {("same",): 1000, ("limit",): 1050, ("more",): 1051, ("less",): 900, ("new",): 1}
        changes = tables.Changes(old, new, 0.05)
        self.assertEqual(changes.grown, [(("more",), 1000, 1051)])
        self.assertEqual(changes.shrunk, [(("less",), 1000, 900)])
        self.assertEqual((changes.added, changes.missing), ([("new",)], [("gone",)]))

    def test_growth_below_the_floor_does_not_count(self):
        self.assertEqual(tables.Changes({("a",): 10}, {("a",): 30}, 0.05, lambda key: 20).grown, [])
        self.assertEqual(len(tables.Changes({("a",): 10}, {("a",): 31}, 0.05, lambda key: 20).grown), 1)


if __name__ == "__main__":
    unittest.main()
