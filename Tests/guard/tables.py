"""Tables of recorded figures: tab-separated text with a head of `# name: value` lines that says what the figures hold for."""
import concurrent.futures
import os
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = ROOT / "Fixtures/Samples"
WORKERS = len(os.sched_getaffinity(0))


class Failure(Exception):
    """A command failed, or a table cannot be read."""


def samples(*names):
    """Paths of the named samples, of all when none is named."""
    paths = [SAMPLES / name for name in names] or sorted(SAMPLES.iterdir())
    if not paths:
        raise Failure(f"{SAMPLES} is empty")
    return [str(path) for path in paths]


def run(words, **environment):
    """Runs a command to its end, with a small fixed environment; gives its standard output, as text whatever it is."""
    fixed = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", **environment}
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", stdin=subprocess.DEVNULL, env=fixed, timeout=300)
    if done.returncode != 0:
        raise Failure(f"{' '.join(words[:12])}: status {done.returncode}: {(done.stderr or done.stdout).strip()[-600:]}")
    return done.stdout


def in_parallel(function, arguments):
    """The function's results in the arguments' order, as many calls at once as there are processors."""
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(lambda words: function(*words), arguments))


def temporary_folder():
    """Removed at the end of a `with`; its path always has as many characters, so that a program sees no difference."""
    return tempfile.TemporaryDirectory(prefix="bale-guard-")


def written(head, rows):
    """The text of a table: `head` maps names to values, `rows` maps tuples of words to a figure."""
    lines = [f"# {name}: {value}" for name, value in head.items()]
    lines += ["\t".join([*key, str(value)]) for key, value in rows.items()]
    return "\n".join(lines) + "\n"


def read(text):
    """(head, rows) of a table's text."""
    head, rows = {}, {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("# "):
            name, _, value = line[2:].partition(": ")
            head[name] = value
            continue
        *key, value = line.split("\t")
        if not key or not value.isdigit() or tuple(key) in rows:
            raise Failure(f"line {number} of the table: {line!r}")
        rows[tuple(key)] = int(value)
    return head, rows


def load(path):
    if not path.exists():
        raise Failure(f"{path} is not there: --renew writes it")
    return read(path.read_text())


def store(path, head, rows):
    """Puts a table into its place by renaming, so that an interrupted run leaves the old one."""
    part = path.with_name(path.name + ".part")
    part.write_text(written(head, rows))
    part.replace(path)


class Changes:
    """What differs between recorded and measured rows. A key is a tuple of words, a figure is better when smaller."""

    # Lines of a report for each direction; the largest shares come first.
    SHOWN = 30

    def __init__(self, old, new, limit, floor=lambda key: 0):
        """`limit`: growth that is allowed, as a share. `floor`: growth that is too small to count, by key."""
        both = [(key, old[key], new[key]) for key in new if key in old]
        self.grown = [row for row in both if row[2] > row[1] * (1 + limit) and row[2] - row[1] > floor(row[0])]
        self.shrunk = [row for row in both if row[2] < row[1] * (1 - limit) and row[1] - row[2] > floor(row[0])]
        self.added = [key for key in new if key not in old]
        self.missing = [key for key in old if key not in new]

    def report(self, what, renewal):
        """Prints the differences."""
        for name, rows in (("grown", self.grown), ("shrunk", self.shrunk)):
            changed = sorted(rows, key=lambda row: abs(row[2] - row[1]) / max(row[1], 1), reverse=True)
            for key, old, new in changed[: self.SHOWN]:
                share = f"{(new - old) / old:+.2%}" if old else "from nothing"
                print(f"{name}: {' '.join(key)}: {old} -> {new} {what} ({share})")
            if len(changed) > self.SHOWN:
                print(f"{name}: {len(changed) - self.SHOWN} more, by smaller shares")
        for name, keys in (("not in the table", self.added), ("in the table alone", self.missing)):
            if keys:
                shown = "; ".join(" ".join(key) for key in keys[:8])
                print(f"{name}: {shown}{f' and {len(keys) - 8} more' if len(keys) > 8 else ''}")
        if self.grown or self.shrunk or self.added or self.missing:
            print(f"if that is meant, renew the table and commit it: {renewal}")
