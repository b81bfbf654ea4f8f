internal import Bale
internal import Measurement

extension Settings {
    /// Takes one option with its value; `isOn` is false for the `--no-` form.
    /// - Parameter written: the option as the user wrote it, for messages.
    mutating func apply(_ spec: OptionSpec, value: [UInt8], isOn: Bool, written: String) throws(Failure) {
        let text = String(decoding: value, as: UTF8.self)
        switch spec.id {
        case .compress: verb = .compress
        case .decompress: verb = .decompress
        case .verify: verb = .verify
        case .list: verb = .list
        case .help: verb = .help
        case .version: verb = .version
        case .generate: generates = text
        case .standardOutput: writesToStandardOutput = true
        case .output: output = try Self.path(value, written)
        case .outputFolder: outputFolder = try Self.path(value, written)
        case .suffix: suffix = try Self.suffix(value)
        case .keep: removesSource = false
        case .remove: removesSource = true
        case .force: overwrites = true
        case .recurse: recurses = true
        case .sparse: sparse = isOn
        case .synchronize: synchronizes = isOn
        case .level: level = try Self.level(text, written)
        case .fast: level = 0
        case .best: level = Self.highestLevel
        case .threads:
            threadCounts = try Self.counts(text, written)
            threads = threadCounts.last
        case .memory: memoryLimit = try Self.size(text, written)
        case .blockSize: blockSize = try Self.blockSize(text, written)
        case .long:
            findsLongMatches = true
            longBlockSize = text.isEmpty ? nil : try Self.blockSize(text, written)
        case .pipeline: pipeline = text
        case .check: checksBlocks = true
        case .kernels: kernels = try Self.names(text, written)
        case .chunkSize: chunkSize = try Self.chunkSize(text, written)
        case .sampleSize: sampleSize = try Self.size(text, written)
        case .runs: runs = try Self.runs(text, written)
        case .levels: levels = try BenchValues.levels(text, written)
        case .pipelines: pipelines = try BenchValues.pipelines(text, written)
        case .peers: peers = try BenchValues.peers(text, written)
        case .baseline: baseline = text
        case .goal: goals = try BenchValues.goals(text, written)
        case .reportFile: reportFile = try Self.path(value, written)
        case .timeLimit: timeLimit = try Self.timeLimit(text, written)
        case .realTime: isRealTime = true
        case .range: range = try Self.range(text)
        case .quick: isQuick = true
        case .keepGoing: keepsGoing = true
        case .maximumOutput: maximumOutput = UInt64(try Self.size(text, written))
        case .ignoreTrailing: ignoresTrailing = true
        case .verbose: verbosity += 1
        case .quiet: verbosity -= 1
        case .progress: progress = isOn
        case .json: json = true
        }
    }

    /// Fills what the command line left open from BALE_CLEVEL, BALE_NBTHREADS and BALE_MEMLIMIT.
    mutating func applyEnvironment(_ variable: (String) -> String?) throws(Failure) {
        if level == nil, let text = variable("BALE_CLEVEL") { level = try Self.level(text, "BALE_CLEVEL") }
        if threads == nil, let text = variable("BALE_NBTHREADS") { threads = try Self.count(text, "BALE_NBTHREADS") }
        if memoryLimit == nil, let text = variable("BALE_MEMLIMIT") { memoryLimit = try Self.size(text, "BALE_MEMLIMIT") }
    }

    static func level(_ text: String, _ written: String) throws(Failure) -> Int {
        guard let level = decimal(text), level <= highestLevel else {
            throw .usage("\(written) takes a level from 0 to \(highestLevel), not '\(text)'", remedy: nil)
        }
        return level
    }

    private static func count(_ text: String, _ written: String) throws(Failure) -> Int {
        guard let count = decimal(text), count <= 1024 else {
            throw .usage("\(written) takes a number from 0 to 1024, not '\(text)'", remedy: nil)
        }
        return count
    }

    private static func counts(_ text: String, _ written: String) throws(Failure) -> [Int] {
        var counts: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) { counts.append(try count(String(part), written)) }
        return counts
    }

    private static func timeLimit(_ text: String, _ written: String) throws(Failure) -> Int {
        guard let seconds = decimal(text), (1...1_000_000).contains(seconds) else {
            throw .usage("\(written) takes a number of seconds from 1 to 1000000, not '\(text)'", remedy: nil)
        }
        return seconds
    }

    /// Decimal digits alone; `Int` by itself also takes signs.
    private static func decimal(_ text: String) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private static func size(_ text: String, _ written: String) throws(Failure) -> Int {
        guard let size = SizeArgument.parse(text), let size = Int(exactly: size), size > 0 else {
            throw .usage("\(written) takes a size such as 65536, 64K, 64KiB or 1G, not '\(text)'", remedy: nil)
        }
        return size
    }

    private static func blockSize(_ text: String, _ written: String) throws(Failure) -> Int {
        let size = try size(text, written)
        guard CompressionOptions.blockSizes.contains(size) else {
            throw .usage("\(written) takes a size from 4KiB to 512MiB, not '\(text)'", remedy: nil)
        }
        return size
    }

    private static func chunkSize(_ text: String, _ written: String) throws(Failure) -> Int {
        let size = try size(text, written)
        guard ChunkSample.chunkSizes.contains(size) else {
            throw .usage("\(written) takes a size from 4KiB to 8MiB, not '\(text)'", remedy: nil)
        }
        return size
    }

    private static func runs(_ text: String, _ written: String) throws(Failure) -> Int {
        guard let runs = decimal(text), (1...1000).contains(runs) else {
            throw .usage("\(written) takes a number from 1 to 1000, not '\(text)'", remedy: nil)
        }
        return runs
    }

    /// Names between commas; which there are, the measurement knows.
    private static func names(_ text: String, _ written: String) throws(Failure) -> [String] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard !names.contains("") else { throw .usage("\(written) takes names with commas between them, not '\(text)'", remedy: nil) }
        return names
    }

    private static func range(_ text: String) throws(Failure) -> RequestedRange {
        guard let range = RequestedRange.parse(text) else {
            throw .usage("--range takes OFFSET:LENGTH or FIRST-LAST, not '\(text)'", remedy: nil)
        }
        return range
    }

    private static func path(_ value: [UInt8], _ written: String) throws(Failure) -> Path {
        guard !value.isEmpty else { throw .usage("\(written) needs a name", remedy: nil) }
        return Path(value)
    }

    private static func suffix(_ value: [UInt8]) throws(Failure) -> [UInt8] {
        guard !value.isEmpty, !value.contains(UInt8(ascii: "/")) else {
            throw .usage("a suffix has at least one character and no slash", remedy: nil)
        }
        return value
    }
}
