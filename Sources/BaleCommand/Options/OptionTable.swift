/// All options, in the order of the help.
enum OptionTable {
    static var all: [OptionSpec] { operations + files + tuning + reading + measuring + talk }

    /// The first option that is meant. The groups, each made at its first use, are searched in turn: most runs need two of them.
    static func first(where isMeant: (OptionSpec) -> Bool) -> OptionSpec? {
        operations.first(where: isMeant) ?? files.first(where: isMeant) ?? tuning.first(where: isMeant) ?? reading.first(where: isMeant)
            ?? measuring.first(where: isMeant) ?? talk.first(where: isMeant)
    }

    private static let writing: [Verb] = [.compress, .decompress]
    private static let readingVerbs: [Verb] = [.decompress, .verify, .cat]

    private static let operations = [
        OptionSpec(id: .compress, group: .operation, short: ["z"], long: ["compress"], summary: "compress (what happens without a verb)"),
        OptionSpec(
            id: .decompress, group: .operation, short: ["d"], long: ["decompress", "uncompress"], summary: "decompress, check every block"),
        OptionSpec(id: .verify, group: .operation, short: ["t"], long: ["test"], summary: "check archives, as the verb verify"),
        OptionSpec(id: .list, group: .operation, short: ["l"], long: ["list"], summary: "show sizes and ratio, as the verb list"),
        OptionSpec(id: .help, group: .operation, short: ["h"], long: ["help"], summary: "show this help and end"),
        OptionSpec(id: .version, group: .operation, short: ["V"], long: ["version"], summary: "show the version and end"),
        OptionSpec(
            id: .generate, group: .operation, long: ["generate"], value: .word, valueName: "WHAT", isHidden: true,
            summary: "print man, bash, zsh or fish"),
    ]

    private static let files = [
        OptionSpec(
            id: .standardOutput, group: .files, short: ["c"], long: ["stdout", "to-stdout"], verbs: writing + [.cat, .salvage],
            summary: "write to standard output",
            details: "Several results follow one another; concatenated archives are one valid archive file."),
        OptionSpec(
            id: .output, group: .files, short: ["o"], long: ["output"], value: .file, valueName: "FILE", verbs: writing + [.salvage],
            summary: "write to FILE; one input only", details: "A single hyphen is standard output."),
        OptionSpec(
            id: .outputFolder, group: .files, long: ["output-dir"], value: .folder, valueName: "DIR", verbs: writing,
            summary: "write results into DIR, made if missing",
            details: "With --recursive the tree below each folder that was named is made again in DIR."),
        OptionSpec(
            id: .suffix, group: .files, short: ["S"], long: ["suffix"], value: .suffix, valueName: ".SUF", verbs: writing,
            isTolerated: true,
            summary: "use the suffix .SUF instead of .bale"),
        OptionSpec(
            id: .keep, group: .files, short: ["k"], long: ["keep"], verbs: writing, isTolerated: true, summary: "keep the source (default)"),
        OptionSpec(
            id: .remove, group: .files, long: ["rm"], verbs: writing, summary: "remove the source when the result is verified",
            details: "The result is on disk by then, and an archive is read back and decoded. A source that changed meanwhile stays."),
        OptionSpec(
            id: .force, group: .files, short: ["f"], long: ["force"], verbs: writing + [.salvage], isTolerated: true,
            summary: "overwrite; allow archives on a terminal",
            details: "Also compresses files that have the suffix already."),
        OptionSpec(
            id: .recurse, group: .files, short: ["r"], long: ["recursive"], verbs: writing + [.verify, .list, .bench],
            summary: "work on the files in folders and below",
            details: "Symbolic links and special files found on the way are left out with a warning."),
        OptionSpec(
            id: .sparse, group: .files, long: ["sparse"], isNegatable: true, verbs: [.decompress, .cat, .salvage], isTolerated: true,
            summary: "write runs of zeros as holes",
            details: "The rule for files, also for standard output where it is an empty file. --no-sparse writes all zeros."),
        OptionSpec(
            id: .synchronize, group: .files, long: ["sync"], isNegatable: true, showsNegative: true, verbs: writing + [.salvage],
            isTolerated: true, summary: "do not wait for the disk"),
    ]

    private static let tuning = [
        OptionSpec(
            id: .level, group: .tuning, long: ["level"], value: .count, valueName: "0...19", verbs: [.compress], isTolerated: true,
            isHidden: true, summary: "the level, also written -0 to -19"),
        OptionSpec(id: .fast, group: .tuning, long: ["fast"], verbs: [.compress], isTolerated: true, summary: "the same as -0"),
        OptionSpec(id: .best, group: .tuning, long: ["best"], verbs: [.compress], isTolerated: true, summary: "the same as -19"),
        OptionSpec(
            id: .threads, group: .tuning, short: ["T", "p", "j"], long: ["threads"], value: .counts, valueName: "N", isTolerated: true,
            summary: "use N threads; 0: all it may use (default)",
            details: """
                All are those that the affinity mask and the control group's quota allow. The result is the same for every N. \
                To bench, several N with commas between them give as many rows.
                """),
        OptionSpec(
            id: .memory, group: .tuning, short: ["M"], long: ["memory"], value: .size, valueName: "SIZE", isTolerated: true,
            summary: "use at most SIZE of memory, by fewer threads",
            details: "SIZE is a number with K, KiB, M, MiB, G or GiB after it, all in powers of 1024."),
        OptionSpec(
            id: .blockSize, group: .tuning, short: ["B"], long: ["block-size"], value: .size, valueName: "SIZE", verbs: [.compress],
            isTolerated: true, summary: "input per block, 4 KiB to 512 MiB",
            details: """
                Levels have blocks of 2 MiB to 32 MiB. Those of -6 to -9 start with 4, 4 and 8 MiB, which gives small files work for several threads; \
                those of -8 and -16 are cut down to 4 MiB where hardly anything repeats across the cut. SIZE, and --long, make all the same.
                """),
        OptionSpec(
            id: .long, group: .tuning, long: ["long"], value: .size, valueName: "SIZE", isValueOptional: true, verbs: [.compress],
            isTolerated: true, summary: "find repeats far apart; blocks of SIZE, or 64 MiB",
            details: """
                Whole blocks are searched for repeats of 64 bytes and more, however fast the level is. SIZE is that of the blocks; -B says it as \
                well. A worker is planned with 16 times a block's memory, 23 times at -19, and 9 times to decompress: -M makes do with fewer \
                workers. Any reader reads the archives, without an option.
                """),
        OptionSpec(
            id: .pipeline, group: .tuning, long: ["pipeline"], value: .pipeline, valueName: "NAME", verbs: [.compress], isTolerated: true,
            summary: "use one pipeline ('bale pipelines' lists them)",
            details: "Names nest, with one for each stream or one for all: \"planes2r(stored,huffman)\"."),
        OptionSpec(
            id: .check, group: .tuning, long: ["check"], verbs: [.compress], isTolerated: true,
            summary: "decode every block before it is written"),
    ]

    private static let reading = [
        OptionSpec(
            id: .range, group: .reading, long: ["range"], value: .range, valueName: "RANGE", verbs: [.cat],
            summary: "what to write: OFFSET:LENGTH or FIRST-LAST",
            details: """
                Sizes as for --memory. LAST is included. Without LENGTH or LAST the range reaches to the end, and one that begins \
                within the content and ends beyond it is cut there.
                """),
        OptionSpec(id: .quick, group: .reading, long: ["quick"], verbs: [.verify], summary: "check stored bytes without decoding them"),
        OptionSpec(
            id: .keepGoing, group: .reading, long: ["keep-going"], verbs: readingVerbs, isTolerated: true,
            summary: "go on after damaged blocks",
            details: "Zeros take their place. Each is reported, and the exit status is 2 all the same."),
        OptionSpec(
            id: .maximumOutput, group: .reading, long: ["max-output"], value: .size, valueName: "SIZE", verbs: readingVerbs,
            isTolerated: true, summary: "refuse archives that hold more than SIZE"),
        OptionSpec(
            id: .ignoreTrailing, group: .reading, long: ["ignore-trailing"], verbs: readingVerbs, isTolerated: true,
            summary: "accept bytes after the last archive"),
    ]

    private static let measuring = [
        OptionSpec(
            id: .levels, group: .measuring, long: ["levels"], value: .word, valueName: "N,...", verbs: [.bench],
            summary: "measure these levels; default 1,3,6"),
        OptionSpec(
            id: .pipelines, group: .measuring, long: ["pipelines"], value: .word, valueName: "NAME,...", verbs: [.bench],
            summary: "measure these pipelines too",
            details: "With the level that -0 to -19 says. Without --levels, no level is measured then."),
        OptionSpec(
            id: .peers, group: .measuring, long: ["peers"], value: .word, valueName: "NAME,...", verbs: [.bench],
            summary: "other programs to measure: all (default), none",
            details: """
                zstd, lz4, pigz, xz, bzip3, 7zz and bgzip, as far as they are on PATH. NAME:LEVEL,LEVEL says which levels: \
                zstd:1,19,xz. For bzip3 it is the block size in MiB.
                """),
        OptionSpec(
            id: .baseline, group: .measuring, long: ["baseline"], value: .word, valueName: "ROW", verbs: [.bench],
            summary: "row that speeds are ratios to, as 'zstd -3'",
            details: "The default is zstd -3 if it is measured, else the first other program, else the first row."),
        OptionSpec(
            id: .goal, group: .measuring, long: ["goal"], value: .word, valueName: "GOAL", verbs: [.bench],
            summary: "advise: archive, transfer=100MB/s, store, ...",
            details: """
                What the file is compressed for: archive (size first), transfer=SPEED (compress, send, decompress), store (no slower \
                than the device), realtime=SPEED (the smallest that keeps up). SPEED is a number of bytes or bits a second: 100MB/s, \
                1Gbit/s. Several may follow each other with commas between them. What could still be the best choice is measured \
                more often than the rest.
                """),
        OptionSpec(
            id: .reportFile, group: .measuring, long: ["report"], value: .file, valueName: "FILE", verbs: [.bench],
            summary: "also write an HTML page with pictures",
            details: "One page for all files, which loads nothing from elsewhere. An existing FILE is replaced."),
        OptionSpec(
            id: .timeLimit, group: .measuring, long: ["time-limit"], value: .count, valueName: "SECONDS", verbs: [.bench],
            summary: "end a command that takes longer for one run",
            details: "The default is two minutes and a second for each 100 kB."),
        OptionSpec(
            id: .realTime, group: .measuring, long: ["sched-rr"], verbs: [.bench],
            summary: "run ahead of other programs, which wait (Linux)",
            details: """
                Puts bench and all that it starts into the real-time scheduling class SCHED_RR, at its lowest priority, so that speeds hardly \
                depend on what else runs. Programs in the usual class get the processors that are free, and of the others what the kernel keeps for \
                them, 5 % unless configured otherwise: not for a machine that serves somebody meanwhile. It takes root, CAP_SYS_NICE, or a limit of \
                real-time priorities of 1 and more (ulimit -r).
                """),
        OptionSpec(
            id: .kernels, group: .measuring, long: ["kernels"], value: .word, valueName: "NAME,...", verbs: [.bench],
            summary: "bench kernels: measure these only",
            details: "A name stands also for those that begin with it and a hyphen: huffman, huffman-codec."),
        OptionSpec(
            id: .chunkSize, group: .measuring, long: ["chunk"], value: .size, valueName: "SIZE", verbs: [.bench],
            summary: "bench kernels: bytes at once; default 128K", details: "From 4 KiB to 8 MiB."),
        OptionSpec(
            id: .sampleSize, group: .measuring, long: ["sample"], value: .size, valueName: "SIZE", verbs: [.bench],
            summary: "measure SIZE of each file; default 128M",
            details: """
                Pieces of 4 MiB and more at even distances, the first and the last one of the file among them; without this option \
                less where programs are slow, to be done in two minutes. For bench kernels whole chunks; the default is 64 of them and \
                8 MiB at most.
                """),
        OptionSpec(
            id: .runs, group: .measuring, long: ["runs"], value: .count, valueName: "N", verbs: [.bench],
            summary: "runs of each, in turn; default 5",
            details: "After a warm-up. Without this option quick programs have more and slow ones fewer, down to the warm-up alone."),
    ]

    private static let talk = [
        OptionSpec(
            id: .verbose, group: .talk, short: ["v"], long: ["verbose"], summary: "say what was done to each file; -vv: more"),
        OptionSpec(
            id: .quiet, group: .talk, short: ["q"], long: ["quiet"], summary: "no warnings; -qq: no errors either"),
        OptionSpec(
            id: .progress, group: .talk, long: ["progress"], isNegatable: true, isTolerated: true,
            summary: "show progress (default: on a terminal)"),
        OptionSpec(
            id: .json, group: .talk, long: ["json"], verbs: [.verify, .list, .inspect, .salvage, .bench],
            summary: "print the result as JSON"),
    ]
}
