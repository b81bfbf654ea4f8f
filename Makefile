# Bale: parallel, lossless, seekable compression. Every task of the project is one target here.
#
#   make build      the release binary, .build/release/bale, with the Swift runtime linked in
#   make demo       builds, then compresses, verifies, lists, reads, restores and damages a real sample (SAMPLE=FILE: your own)
#   make test       everything that must hold: unit and property tests, command snapshots, golden files read by the
#                   independent decoder, faults of the system, instruction-set checks
#   make unit-test  the Swift tests only; FILTER=NAME picks suites; LONG=1 flips every bit of every sample archive
#   make fault-test system calls that fail, full disks, kills, hostile archives; LONG=1 for the soak
#   make sanitizer-test  kernels, codecs and format once more, built with the address sanitizer
#   make report-test  the HTML report of `bale bench` in a real browser: both themes, three widths, sorting, no console message
#   make guard-test sizes of the samples' archives and instruction counts of the kernels beside the recorded ones
#   make guard-renew  records them anew, after a change that is meant
#   make arm64-test portable kernels on an emulated 64-bit Arm against this processor's
#   make lint       swift-format in strict mode; examples in documents are the ones that the tests compile
#   make format     rewrites the sources as swift-format wants them
#   make bench      measures every published figure: CORPUS=FOLDER (any folder of real files), ONLY=TOPIC,...
#   make bench-kernels  measures the kernels of each instruction set: FILES="FILE...", HUFF0=PROGRAM to compare with
#   make docs       the DocC archives under .build/docs
#   make install    binary, unbale, balecat, man page and completions under PREFIX (default /usr/local), below DESTDIR
#   make uninstall  removes them
#   make clean      removes .build
#
# A target installs the system packages that it misses (Debian and its kin: zlib1g-dev, liblz4-dev, libxxhash-dev and,
# for tests, python3 with venv, binutils, strace and valgrind) when it runs as root or sudo asks no password; otherwise it names them and stops.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
PYTHON ?= python3
SAMPLE ?=
CORPUS ?=
FILES ?=
HUFF0 ?=
ONLY ?=
FILTER ?=
LONG ?=
PICTURES ?=
# Tests run optimised, as the command does, with preconditions and overflow checks on; the emulated processors then run the
# very same bundle. `make unit-test TEST_CONFIGURATION=debug` has the assertions too.
TEST_CONFIGURATION ?= release

# A module that imports what Package.swift does not list for it is an error.
CHECKS = --explicit-target-dependency-import-check error
RELEASE = -c release --product bale $(LINKING) $(CHECKS)
# On Linux the command is one static, position-independent file: it needs no library where it runs, and starts in about 0.7 of the
# time. That takes the archives of glibc, libstdc++, zlib and liblz4, which Debian's development packages bring. STATIC=no links only
# the Swift runtime in, as is done on other systems.
STATIC ?= $(if $(filter Linux,$(shell uname -s)),yes,no)
ifeq ($(STATIC),yes)
# The toolchain's lld, as gold and older linkers of GNU refuse a static executable without a fixed address. No search path for libraries:
# glibc ends a static executable that has one.
LINKING = --disable-local-rpath -Xswiftc -static-executable -Xswiftc -use-ld=lld -Xswiftc -Xclang-linker -Xswiftc -static-pie $(PACKED)
# Relocations as a bitmap, 650 KB less to read at each start, where glibc understands it: 2.36 and later.
PACKED = $(shell getconf GNU_LIBC_VERSION 2>&1 | awk -F '[ .]' '$$2 > 2 || $$3 >= 36 { print "-Xlinker --pack-dyn-relocs=relr" }')
else
LINKING = --static-swift-stdlib $(if $(filter Linux,$(shell uname -s)),-Xlinker --no-export-dynamic)
endif
BALE = .build/release/bale
DOCC ?= $(or $(shell command -v docc),$(dir $(realpath $(shell command -v $(SWIFT))))docc)
# SwiftPM hands the package's traits to the compiler in the order of a hash table. With another order at each start, everything would be
# compiled again.
BUILD = SWIFT_DETERMINISTIC_HASHING=1 $(SWIFT) build
# A folder of its own, for the tests see what is internal and that changes every object file.
TESTING = -c $(TEST_CONFIGURATION) --scratch-path .build/testing -Xswiftc -enable-testing $(CHECKS)
SANITIZING = -c release --scratch-path .build/sanitizing -Xswiftc -enable-testing --sanitize=address $(CHECKS)
SPEC_PYTHON = .build/spec-decoder/bin/python3

# Every target drives the same .build folder.
.NOTPARALLEL:
.PHONY: build demo test unit-test snapshot-test spec-test fault-test instruction-test report-test guard-test guard-renew arm64-test sanitizer-test lint format bench bench-kernels docs install uninstall clean

build:
	@Tests/install-dependencies build
	$(BUILD) $(RELEASE)

demo: build
	@Tests/install-dependencies demo
	@$(PYTHON) Benchmarks/demo --bale $(BALE) $(SAMPLE)

test: unit-test snapshot-test spec-test fault-test instruction-test report-test arm64-test
	@echo "all tests passed"

unit-test:
	@Tests/install-dependencies build
	$(BUILD) --build-tests $(TESTING)
	$(if $(LONG),BALE_TEST_LONG=1) SWIFT_BACKTRACE=enable=no $(SWIFT) test --skip-build $(TESTING) $(if $(FILTER),--filter '$(FILTER)')

snapshot-test: build
	@Tests/install-dependencies test
	Tests/cli-snapshots/run $(BALE)

spec-test: build $(SPEC_PYTHON)
	$(SPEC_PYTHON) -m unittest discover -s Tests/spec_decoder
	$(PYTHON) Tests/check-golden-files $(BALE)

fault-test: build
	@Tests/install-dependencies test
	Tests/faults $(BALE) $(if $(LONG),--long)

# The wide instructions stay in their modules, and the binary runs on processors that lack them. Damaged payloads by the thousand
# are decoded by each set of kernels on this processor, which is faster than emulating one.
instruction-test: build
	Tests/check-instruction-leaks $(BALE)
	$(BUILD) --build-tests $(TESTING)
	Tests/run-under-qemu "$$($(BUILD) --show-bin-path $(TESTING))/balePackageTests.xctest"
	for set in avx2 portable; do \
	    BALE_CPU=$$set SWIFT_BACKTRACE=enable=no $(SWIFT) test --skip-build $(TESTING) --filter InheritedTests || exit 1; \
	done

# What was released must not grow or slow down unnoticed. The tables are in Tests/guard.
guard-test: build
	@Tests/install-dependencies guard
	$(PYTHON) -m unittest discover -s Tests/guard
	$(PYTHON) -m unittest discover -s Benchmarks
	Tests/check-sizes $(BALE)
	Tests/check-instruction-counts $(BALE)

guard-renew: build
	@Tests/install-dependencies guard
	Tests/check-sizes --renew $(BALE)
	Tests/check-instruction-counts --renew $(BALE)

# The page of the unit tests' sample. PICTURES=FOLDER keeps what the browser showed.
report-test:
	@Tests/install-dependencies build
	@Tests/install-dependencies browser || true
	$(BUILD) --build-tests $(TESTING)
	@rm -f .build/report.html
	BALE_REPORT_FILE="$(CURDIR)/.build/report.html" $(SWIFT) test --skip-build $(TESTING) --filter HTMLReportTests.isWrittenWhereAsked
	$(PYTHON) Tests/check-report $(if $(PICTURES),--pictures '$(PICTURES)') .build/report.html

$(BALE):
	$(MAKE) build

$(SPEC_PYTHON): Tests/spec_decoder/requirements.txt
	@Tests/install-dependencies test
	rm -rf .build/spec-decoder
	$(PYTHON) -m venv .build/spec-decoder
	$(SPEC_PYTHON) -m pip install --quiet --disable-pip-version-check -r $< || { rm -rf .build/spec-decoder; exit 1; }
	@touch $@

# The modules that see bytes from a file; the engine's tests take too long instrumented. Leaks are not looked for: the runner has some.
sanitizer-test:
	@Tests/install-dependencies build
	$(BUILD) --build-tests $(SANITIZING)
	ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no $(SWIFT) test --skip-build $(SANITIZING) --filter '^(KernelsTests|CodecsTests|FormatTests)\.'

arm64-test:
	Tests/run-on-arm64

lint:
	$(SWIFT) format lint --strict --parallel --recursive Sources Tests Package.swift
	$(PYTHON) Tests/check-documentation-examples

format:
	$(SWIFT) format format --in-place --parallel --recursive Sources Tests Package.swift

bench: build
	@Tests/install-dependencies bench
	@[ -n "$(CORPUS)" ] || { echo "make bench: say which files to measure: make bench CORPUS=FOLDER"; exit 1; }
	$(PYTHON) Benchmarks/end-to-end --bale $(BALE) $(if $(ONLY),--only $(ONLY)) $(CORPUS)

bench-kernels: build
	@[ -n "$(FILES)" ] || { echo "make bench-kernels: say which files to measure: make bench-kernels FILES='FILE...'"; exit 1; }
	$(PYTHON) Benchmarks/kernels --bale $(BALE) $(if $(HUFF0),--huff0 $(HUFF0)) $(FILES)

docs:
	@Tests/install-dependencies build
	Tests/build-documentation $(SWIFT) $(DOCC) .build/docs

# Installs what was built, and builds only when nothing was: `sudo make install` needs no Swift on root's PATH.
install: $(BALE)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1 \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions $(DESTDIR)$(PREFIX)/share/zsh/site-functions \
		$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d
	install -s -m 755 $(BALE) $(DESTDIR)$(PREFIX)/bin/bale
	ln -sf bale $(DESTDIR)$(PREFIX)/bin/unbale
	ln -sf bale $(DESTDIR)$(PREFIX)/bin/balecat
	$(BALE) --generate man > $(DESTDIR)$(PREFIX)/share/man/man1/bale.1
	ln -sf bale.1 $(DESTDIR)$(PREFIX)/share/man/man1/unbale.1
	ln -sf bale.1 $(DESTDIR)$(PREFIX)/share/man/man1/balecat.1
	$(BALE) --generate bash > $(DESTDIR)$(PREFIX)/share/bash-completion/completions/bale
	ln -sf bale $(DESTDIR)$(PREFIX)/share/bash-completion/completions/unbale
	ln -sf bale $(DESTDIR)$(PREFIX)/share/bash-completion/completions/balecat
	$(BALE) --generate zsh > $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_bale
	$(BALE) --generate fish > $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/bale.fish

uninstall:
	cd $(DESTDIR)$(PREFIX) && rm -f bin/bale bin/unbale bin/balecat \
		share/man/man1/bale.1 share/man/man1/unbale.1 share/man/man1/balecat.1 \
		share/bash-completion/completions/bale share/bash-completion/completions/unbale \
		share/bash-completion/completions/balecat share/zsh/site-functions/_bale \
		share/fish/vendor_completions.d/bale.fish

clean:
	rm -rf .build
