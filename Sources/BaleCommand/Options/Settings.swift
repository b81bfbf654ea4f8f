internal import Bale
internal import Measurement

/// The command line and the environment, resolved: what is to be done, to what, and how.
struct Settings: Sendable, Hashable {
    var verb = Verb.compress
    var operands: [Path] = []

    var writesToStandardOutput = false
    var output: Path?
    var outputFolder: Path?
    var suffix = Array(".bale".utf8)
    var removesSource = false
    var overwrites = false
    var recurses = false
    var sparse = true
    var synchronizes = true

    var level: Int?
    var threads: Int?
    /// More than one is for bench.
    var threadCounts: [Int] = []
    var memoryLimit: Int?
    var blockSize: Int?
    var findsLongMatches = false
    /// The value of --long.
    var longBlockSize: Int?
    var pipeline: String?
    var checksBlocks = false

    var range: RequestedRange?
    var isQuick = false
    var keepsGoing = false
    var maximumOutput: UInt64?
    var ignoresTrailing = false

    /// What bench is to measure.
    var benchTopic: BenchTopic?
    /// Names of kernels; empty: all.
    var kernels: [String] = []
    var chunkSize: Int?
    var sampleSize: Int?
    var runs: Int?
    /// Levels and pipelines to measure; both empty: the default levels.
    var levels: [Int] = []
    var pipelines: [String] = []
    /// Nil: all that are installed.
    var peers: [PeerRequest]?
    var baseline: String?
    var goals: [Advice.Goal] = []
    var reportFile: Path?
    /// Seconds.
    var timeLimit: Int?
    /// Whether bench and what it starts run before usual programs.
    var isRealTime = false

    var verbosity = 0
    var progress: Bool?
    var json = false
    /// What --generate asks for.
    var generates: String?

    static let highestLevel = 19

    /// Whether the run has temporaries, or commands that it measures, which a signal must not leave behind. One that only writes to
    /// standard output has none, and needs no thread to wait for signals.
    var leavesTemporaries: Bool {
        switch verb {
        case .compress, .decompress, .salvage:
            let writesOnlyToStandardOutput = writesToStandardOutput || output?.isStandardStream ?? operands.isEmpty
            return !writesOnlyToStandardOutput
        case .bench: return true
        case .verify, .list, .cat, .inspect, .pipelines, .help, .version: return false
        }
    }

    /// For the library's compressor.
    var compression: CompressionOptions {
        var options = CompressionOptions()
        options.level = level ?? options.level
        options.threads = threads ?? 0
        options.memoryLimit = memoryLimit
        options.blockSize = blockSize ?? longBlockSize
        options.findsLongMatches = findsLongMatches
        options.pipeline = pipeline
        options.checksBlocks = checksBlocks
        return options
    }

    /// For the library's decompressor.
    var decompression: DecompressionOptions {
        var options = DecompressionOptions()
        options.threads = threads ?? 0
        options.memoryLimit = memoryLimit
        options.maximumOutput = maximumOutput
        options.keepsGoing = keepsGoing
        options.ignoresTrailingBytes = ignoresTrailing
        options.writesSparse = sparse
        return options
    }

    /// For results that the library puts in place.
    var fileOptions: FileOptions {
        var options = FileOptions()
        options.overwrites = overwrites
        options.synchronizes = synchronizes
        return options
    }
}
