"""Holds the pure parts of `corpus` against small inputs; nothing is fetched.

Run: python3 -m unittest discover -s Benchmarks
"""
import gzip
import importlib.machinery
import importlib.util
import pathlib
import sys
import tempfile
import unittest
import zipfile
from unittest import mock

sys.dont_write_bytecode = True
LOADER = importlib.machinery.SourceFileLoader("corpus", str(pathlib.Path(__file__).resolve().parent / "corpus"))
corpus = importlib.util.module_from_spec(importlib.util.spec_from_loader("corpus", LOADER))
sys.modules["corpus"] = corpus
LOADER.exec_module(corpus)

SOURCE = corpus.PyPI("sample", "1")
ITEMS = [
    corpus.Item("text", "one.txt", SOURCE, "*/a*.txt"),
    corpus.Item("text", "joined", SOURCE, "*.gz", "join"),
    corpus.Item("image", "all.tar", SOURCE, "sample/*.txt", "tar"),
]
GONE = corpus.Item("gene", "none", SOURCE, "*.fasta")


class CorpusTests(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.target = pathlib.Path(folder.name)
        self.fetched = 0
        for patch in (mock.patch.object(corpus.Downloads, "fetch", self.fetch), mock.patch("builtins.print")):
            patch.start()
            self.addCleanup(patch.stop)

    def fetch(self, source):
        self.fetched += 1
        path = self.target / "sample.whl"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr("sample/a.txt", "short")
            wheel.writestr("sample/ab.txt", "longer")
            wheel.writestr("sample/x.gz", gzip.compress(b"first "))
            wheel.writestr("sample/y.gz", gzip.compress(b"second"))
        return path, "PyPI sample 1"

    def fill(self, items):
        filled = corpus.Corpus(self.target)
        try:
            return filled.fill(items)
        finally:
            filled.close()

    def test_files_and_manifest(self):
        self.assertEqual(self.fill(ITEMS), {})
        self.assertEqual((self.target / "text/one.txt").read_text(), "longer")
        self.assertEqual((self.target / "text/joined").read_text(), "first second")
        rows = corpus.read_manifest((self.target / corpus.MANIFEST).read_text())
        self.assertEqual(rows["text/joined"][:4], ("joined", "text", "12", "PyPI sample 1"))
        self.assertEqual(corpus.manifest_text(rows), (self.target / corpus.MANIFEST).read_text())

    def test_a_second_run_fetches_nothing(self):
        self.fill(ITEMS)
        self.fill(ITEMS)
        self.assertEqual(self.fetched, 1)

    def test_a_changed_file_is_made_again_and_is_the_same(self):
        self.fill(ITEMS)
        path = self.target / "image/all.tar"
        right = path.read_bytes()
        path.write_bytes(right[:-1] + b"x")
        self.fill(ITEMS)
        self.assertEqual((self.fetched, path.read_bytes()), (2, right))

    def test_a_file_that_its_package_lacks_is_named_and_others_come(self):
        self.assertEqual(self.fill([GONE, *ITEMS]), {GONE: "PyPI sample 1 has no *.fasta"})
        self.assertTrue((self.target / "text/one.txt").exists())

    def test_a_damaged_manifest_is_made_anew(self):
        self.fill(ITEMS)
        (self.target / corpus.MANIFEST).write_text("name\n\tx\none.txt\ttext\tmany\t\t\n")
        self.assertEqual(self.fill(ITEMS), {})
        self.assertEqual(len(corpus.read_manifest((self.target / corpus.MANIFEST).read_text())), 3)

    def test_two_runs_do_not_fill_one_folder(self):
        first = corpus.Corpus(self.target)
        with self.assertRaises(corpus.Failure):
            corpus.Corpus(self.target)
        first.close()

    def test_kinds_are_chosen_by_name(self):
        self.assertEqual({item.kind for item in corpus.chosen("gene,audio")}, {"gene", "audio"})
        self.assertEqual([item.name for item in corpus.chosen("source", True) if item.is_large], ["linux.tar"])
        self.assertFalse([item for item in corpus.chosen("source") if item.is_large])
        with self.assertRaises(corpus.Failure):
            corpus.chosen("gene,nothing")

    def test_the_corpus_has_enough_kinds_and_no_name_twice(self):
        self.assertGreaterEqual(len({item.kind for item in corpus.ITEMS}), 8)
        self.assertEqual(len({item.path for item in corpus.ITEMS}), len(corpus.ITEMS))


if __name__ == "__main__":
    unittest.main()
