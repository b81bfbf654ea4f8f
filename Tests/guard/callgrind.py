"""Instructions by function, from what valgrind's callgrind writes, and by kernel, from Swift's symbols."""
import re
from collections import Counter

NAME = re.compile(r"c?fn=\((\d+)\)(?: (.*))?$")
# A Swift symbol begins with its module: $s, the length of the name, the name. Of the standard library it is $ss or $sS.
MODULE = re.compile(r"\$s(\d+)")
KERNEL_MODULES = ("Kernels", "KernelsAVX2", "KernelsAVX512")
# Their functions are many and small: one figure for each module.
SUMMED_MODULES = ("Codecs", "Planning")
RUNTIME = re.compile(r"\$ss|\$sS|_?swift_")
RUNTIME_NAME = "Swift runtime"
# "closure #1 (its parameters) -> () in static Module.Type.name"
CLOSURE = re.compile(r"^(?:implicit )?closure #\d+ .*? in (?=static |Kernels)")


def self_costs(lines):
    """Function -> instructions executed in itself, over all parts of a profile."""
    names, costs, current, is_call = {}, Counter(), None, False
    for line in lines:
        start = line[:1]
        if start.isdigit() or start in ("+", "-", "*"):
            # The line behind `calls=` says what the callee took.
            if not is_call:
                costs[current] += int(line.split()[1])
            is_call = False
        elif line.startswith("calls="):
            is_call = True
        elif match := NAME.match(line):
            if match[2]:
                names[match[1]] = match[2]
            if start == "f":
                current = names[match[1]]
    return costs


def module(symbol):
    """The Swift module that a symbol belongs to, or None."""
    match = MODULE.match(symbol)
    return symbol[match.end() : match.end() + int(match[1])] if match else None


def kernel(demangled):
    """`Module.Type` of a function's full name: kernels are static functions, a type for each."""
    # "generic specialization <X> of function signature specialization <Y> of static Module.Type.(name in _HASH)(...)"
    name = demangled
    while " of " in name and "specialization <" in name.split("(")[0]:
        name = name[name.index("> of ") + 5 :]
    name = CLOSURE.sub("", name)
    match = re.search(r"\b(Kernels\w*)\.\(?(\w+)", name)
    return f"{match[1]}.{match[2]}" if match else None


def by_kernel(costs, demangle):
    """Kernel, summed module or runtime -> instructions. `demangle` turns a list of symbols into one of full names."""
    counts = Counter()
    symbols = [symbol for symbol in costs if module(symbol) in KERNEL_MODULES]
    for symbol, name in zip(symbols, demangle(symbols), strict=True):
        counts[kernel(name) or module(symbol)] += costs[symbol]
    for symbol, cost in costs.items():
        if module(symbol) in SUMMED_MODULES:
            counts[module(symbol)] += cost
        elif RUNTIME.match(symbol):
            counts[RUNTIME_NAME] += cost
    return counts
