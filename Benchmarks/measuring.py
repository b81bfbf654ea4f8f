"""Times whole commands fairly: in turn (A B C, A B C ...), after a warm-up, from memory to memory. Standard library only."""

import filecmp
import json
import os
import re
import shlex
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass, field

MB = 1_000_000
MIB = 1 << 20


class Failure(Exception):
    """A command failed, or gave other bytes than it must."""


@dataclass
class Measurement:
    """One run: wall and CPU seconds (user and system, all threads), and peak resident KiB.

    The kernel counts the peak from before the program replaced ours, so nothing under this script's own size, some
    20 MiB, can be seen.
    """

    seconds: float
    cpu: float
    peak_kib: int


@dataclass
class Runs:
    """All measurements of one command."""

    all: list = field(default_factory=list)

    @property
    def seconds(self):
        return statistics.median(run.seconds for run in self.all)

    @property
    def cpu(self):
        return statistics.median(run.cpu for run in self.all)

    @property
    def peak_mib(self):
        return max(run.peak_kib for run in self.all) / 1024

    @property
    def spread(self):
        """Slowest over fastest: how far to trust the median."""
        return max(run.seconds for run in self.all) / min(run.seconds for run in self.all)


def split(command, places):
    """A command line without a shell: (words, standard input, standard output). `< FILE` and `> FILE` end the words."""
    words, source, sink = [], os.devnull, os.devnull
    pending = None
    for word in shlex.split(command):
        if word in ("<", ">"):
            pending = word
        elif pending == "<":
            source, pending = word.format(**places), None
        elif pending == ">":
            sink, pending = word.format(**places), None
        else:
            words.append(word.format(**places))
    return words, source, sink


def run(command, places, environment=None, expected=0):
    """Runs one command to its end."""
    words, source, sink = split(command, places)
    with open(source, "rb") as standard_input, open(sink, "wb") as output, tempfile.TemporaryFile() as messages:
        start = time.perf_counter()
        child = subprocess.Popen(
            words, stdin=standard_input, stdout=output, stderr=messages, env={**os.environ, **(environment or {})}
        )
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode != expected:
            messages.seek(0)
            text = messages.read()[-400:].decode(errors="replace")
            raise Failure(f"{' '.join(words)}: status {child.returncode}: {text}")
    return Measurement(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def in_turn(commands, places, runs, warmups=1, outputs=""):
    """Medians' raw material: name -> Runs. `commands` maps names to command lines.

    `outputs` are the keys of files that commands write: before a run those in its command are removed, so that every tool
    makes them anew.
    """
    results = {name: Runs() for name in commands}
    for turn in range(warmups + runs):
        for name, command in commands.items():
            for key in outputs:
                if "{" + key + "}" in command:
                    remove(places[key])
            measurement = run(command, places)
            if turn >= warmups:
                results[name].all.append(measurement)
    return results


def remove(path):
    if os.path.exists(path):
        os.unlink(path)


def require_same(expected, path, what):
    if not filecmp.cmp(expected, path, shallow=False):
        raise Failure(f"{what}: {path} has other bytes than {expected}")


def memory_folder(needed):
    """A temporary folder in memory, so that no disk is measured."""
    memory = "/dev/shm"
    if not os.path.isdir(memory) or not os.access(memory, os.W_OK):
        raise Failure(f"{memory} is not there: measuring needs a file system in memory")
    free = shutil.disk_usage(memory).free
    if free < needed:
        raise Failure(f"{memory} has {free // MIB} MiB free, {needed // MIB} MiB are needed")
    return tempfile.mkdtemp(prefix="bale-bench-", dir=memory)


def processors():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor_name():
    try:
        with open("/proc/cpuinfo") as cpuinfo:
            found = re.search(r"^(?:model name|Model)\s*:\s*(.+)$", cpuinfo.read(), re.MULTILINE)
    except OSError:
        found = None
    return found.group(1).strip() if found else os.uname().machine


def machine_name():
    """A file name for this machine: its processor and how many of them this run may use."""
    slug = re.sub(r"\((r|tm)\)|cpu|processor|@.*", "", processor_name().lower())
    return "-".join(re.findall(r"[a-z0-9]+", slug)) + f"-{processors()}"


def commit():
    """The commit of the sources beside this script, with a mark when they were changed since."""
    here = os.path.dirname(os.path.abspath(__file__))

    def git(*words):
        return subprocess.run(["git", "-C", here] + list(words), capture_output=True, text=True, stdin=subprocess.DEVNULL)

    head = git("rev-parse", "--short=12", "HEAD")
    if head.returncode != 0:
        return "unknown"
    changed = git("status", "--porcelain", "--untracked-files=no", "--", "../Sources", "../Package.swift").stdout.strip()
    return head.stdout.strip() + ("+changes" if changed else "")


def bench(bale, path, *options):
    """One file's object of `bale bench --json`."""
    words = [bale, "bench", "--json", "--no-progress", *options]
    done = subprocess.run(words + ["--", path], stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL)
    try:
        report = json.loads(done.stdout)
    except json.JSONDecodeError:
        raise Failure(f"{' '.join(words)}: status {done.returncode}, and no JSON")
    if report["schema"] != 2:
        raise Failure(f"{bale}: its JSON has schema {report['schema']}, 2 is known here")
    result = report["files"][0]
    if "error" in result:
        raise Failure(f"{path}: {result['error']}")
    return result
