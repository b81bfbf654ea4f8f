internal import Engine
internal import Planning

/// How to compress.
public struct CompressionOptions: Sendable, Hashable {
    /// The levels, from the fastest to the smallest result.
    public static let levels = LevelTable.levels
    /// Raw bytes per block with ``findsLongMatches``, unless ``blockSize`` says otherwise.
    public static let longBlockSize = 64 << 20
    /// Raw bytes per block that the format allows: 4 KiB to 512 MiB.
    public static let blockSizes = Segmenter.chunkSizes

    /// One of ``levels``.
    public var level = LevelTable.defaultLevel
    /// An expression of names from ``PipelineCatalog``, such as `runlength(huffman,deflate)`, for every block; nil chooses for each.
    public var pipeline: String?
    /// Worker threads; 0 takes as many as the process may use by its affinity mask and its control group's quota.
    public var threads = 0
    /// Raw bytes of every block but the last, one of ``blockSizes``; nil takes the level's, or ``longBlockSize``.
    ///
    /// At levels 6 to 9 the first blocks are smaller than those that follow: a small input then has blocks for several workers. At levels 8
    /// and 16 a block of 16 or 32 MiB is cut, down to 4 MiB, where hardly anything repeats across the cut: several workers then decompress it.
    public var blockSize: Int?
    /// Find repeats of 64 bytes and more in the whole block, however far apart, at every level. Any reader reads the result.
    public var findsLongMatches = false
    /// Bytes of memory at most. Fewer workers are taken first; the result stays the same.
    public var memoryLimit: Int?
    /// Decode every block and compare before it is written.
    public var checksBlocks = false

    /// Creates the default options: level 3, all threads.
    public init() {}
}

extension CompressionOptions {
    func segmenter() throws(BaleError) -> Segmenter {
        guard Self.levels.contains(level) else {
            throw BaleError(.invalidOption, "there is no level \(level); take \(Self.levels.lowerBound) to \(Self.levels.upperBound)")
        }
        guard let size = blockSize ?? (findsLongMatches ? Self.longBlockSize : nil) else { return LevelTable.row(level).segmenter }
        guard Self.blockSizes.contains(size) else {
            throw BaleError(.invalidOption, "a block of \(size) bytes is not possible; take 4 KiB to 512 MiB")
        }
        return Segmenter(chunkSize: size)
    }

    func engine(_ segmenter: Segmenter) throws(BaleError) -> CompressionEngine {
        CompressionEngine(
            segmenter: segmenter, divider: divider, selector: try selector(), workers: workerCount(threads), memoryLimit: memoryLimit,
            checksBlocks: checksBlocks)
    }

    /// Whoever says how large blocks are, or wants far repeats, gets them whole.
    private var divider: Divider? { blockSize == nil && !findsLongMatches ? LevelTable.row(level).divider : nil }

    private func selector() throws(BaleError) -> any Selector {
        guard let pipeline else { return SampledSelector(level: level, findsLongMatches: findsLongMatches) }
        do {
            let choice = try PipelineChoice(parsing: pipeline)
            return FixedSelector(try choice.pipeline(EncoderSettings(forcedAtLevel: level, findsLongMatches: findsLongMatches)))
        } catch {
            throw BaleError(.invalidOption, error.description)
        }
    }
}

/// The number of workers for an option's value; nil for as many as the process may use.
func workerCount(_ threads: Int) -> Int? { threads > 0 ? threads : nil }
