/// What the command can be asked to do.
enum Verb: String, CaseIterable, Sendable {
    case compress
    case decompress
    case verify
    case list
    case cat
    case inspect
    case salvage
    case bench
    case pipelines
    case help
    case version

    /// The verbs that are written as the first argument that is no option. Compressing and decompressing have none:
    /// each further name is one that a file may have.
    static let written: [Verb] = [.verify, .list, .cat, .inspect, .salvage, .bench, .pipelines, .help, .version]

    /// The verb that the program's own name asks for, as `gunzip` and `zcat` do.
    init?(programName: [UInt8]) {
        switch String(decoding: Path(programName).lastComponent, as: UTF8.self) {
        case "unbale": self = .decompress
        case "balecat": self = .cat
        default: return nil
        }
    }

    /// Whether operands are files to work on.
    var takesFiles: Bool {
        switch self {
        case .compress, .decompress, .verify, .list, .cat, .inspect, .salvage, .bench: true
        case .pipelines, .help, .version: false
        }
    }

    /// Whether standard input is meant when no file is named.
    var filtersStandardInput: Bool {
        switch self {
        case .compress, .decompress, .verify, .cat: true
        case .list, .inspect, .salvage, .bench, .pipelines, .help, .version: false
        }
    }
}

/// What else `bench` measures than whole files: its first operand.
enum BenchTopic: String, CaseIterable, Sendable {
    case kernels

    /// All, for the completions.
    static var words: String { allCases.map(\.rawValue).joined(separator: " ") }
}

/// How a verb is described in the help, the manual page and the completions.
struct VerbDescription: Sendable {
    let verb: Verb
    /// After the program's name.
    let synopsis: String
    /// One line, lower case, no full stop.
    let summary: String
    /// Sentences for the manual page.
    let details: String
    let examples: [String]

    static let all: [VerbDescription] = [
        VerbDescription(
            verb: .compress, synopsis: "[OPTION]... [FILE]...", summary: "compress each FILE to FILE.bale",
            details: """
                Without a verb, each FILE is compressed to FILE.bale beside it, and kept. Without a FILE, or where FILE is -, \
                standard input is compressed to standard output. An existing result is not overwritten without --force.
                """,
            examples: ["bale -9 access.log", "tar -I 'bale -T0 -3' -cf tree.tar.bale tree"]),
        VerbDescription(
            verb: .decompress, synopsis: "-d [OPTION]... [FILE]...", summary: "restore each FILE.bale to FILE",
            details: """
                Every block is checked against its hash before it is written. The program name unbale means the same.
                """,
            examples: ["bale -d access.log.bale", "tar -I bale -xf tree.tar.bale"]),
        VerbDescription(
            verb: .verify, synopsis: "verify [OPTION]... [FILE]...", summary: "check archives, write nothing",
            details: """
                Decodes everything and compares all hashes. With --quick the stored bytes are checked against their hashes \
                without decoding them. Option -t means the same.
                """,
            examples: ["bale verify --quick backup/*.bale"]),
        VerbDescription(
            verb: .list, synopsis: "list [OPTION]... FILE...", summary: "show sizes, ratio and blocks of archives",
            details: """
                Reads the footer and the index only. R is stored size / raw size, D is 1 - R. With -v each of several \
                concatenated archives has its own line, sizes in bytes. Option -l means the same.
                """,
            examples: ["bale list --json backup.tar.bale"]),
        VerbDescription(
            verb: .cat, synopsis: "cat [--range=RANGE] [FILE]...", summary: "write the content, or a range, to stdout",
            details: """
                With --range only the blocks that hold the range are read and decoded. The program name balecat means the same.
                """,
            examples: ["bale cat --range=1G:4K disk.img.bale"]),
        VerbDescription(
            verb: .inspect, synopsis: "inspect [--json] FILE...", summary: "show each block: sizes, pipeline, hashes",
            details: "Reads every block header; block contents are not read.",
            examples: ["bale inspect --json model.bale"]),
        VerbDescription(
            verb: .salvage, synopsis: "salvage [OPTION]... FILE...", summary: "recover the intact blocks of a damaged file",
            details: """
                Finds blocks by their markers, without the index and without the file's beginning if need be, and tells the holes \
                exactly. Nothing is written unless --output or --stdout says where. Exit status 2 when something is missing or damaged.
                """,
            examples: ["bale salvage -o restored.tar damaged.tar.bale"]),
        VerbDescription(
            verb: .bench, synopsis: "bench [kernels] [OPTION]... FILE...", summary: "compare Bale and other programs on FILE",
            details: """
                Compresses and decompresses each FILE with Bale's levels, in memory and as whole commands, and with the other compressors \
                that are on PATH, in turn: medians, speeds as ratios to a baseline by pairs of runs, processor time, peak memory. What comes \
                back is compared. C and D mark rows that no other one beats in both size and speed of compressing or decompressing. \
                Files are in /dev/shm where that has room, else in TMPDIR or /tmp. Exit status 4 when a program failed. \
                With the word kernels it runs every kernel of every instruction set in turn on chunks of each FILE, on one core, and compares their results. \
                Shown are GB (10^9 raw bytes) a second on the best and on the median chunk, and how many times as fast as the portable \
                kernel and as memcpy that is, by pairs on the same chunk. spread is slowest over fastest turn: above 1.2 the run is \
                worth repeating. BALE_CPU (portable, avx2, avx512) caps the instruction sets. Exit status 3 when a result is wrong.
                """,
            examples: ["bale bench --peers=zstd:1,3,lz4 access.log", "bale bench kernels --kernels=huffman access.log"]),
        VerbDescription(
            verb: .pipelines, synopsis: "pipelines", summary: "list the names that --pipeline takes",
            details: "One line each: the name and what it is for.", examples: []),
        VerbDescription(
            verb: .help, synopsis: "help [VERB]", summary: "show the help, or that of one verb", details: "The same as --help.",
            examples: []),
        VerbDescription(
            verb: .version, synopsis: "version", summary: "show the version", details: "The same as --version.", examples: []),
    ]

    static func of(_ verb: Verb) -> VerbDescription {
        all.first { $0.verb == verb }!
    }
}
