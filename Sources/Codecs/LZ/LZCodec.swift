package import Format
internal import KernelDispatch
package import Kernels

/// Replaces repeated bytes by references to where they were before, and leaves what the references are made of to the coders of
/// its seven streams. LZ.md is the specification.
package struct LZCodec: BranchCodec {
    package static let id = CodecID(rawValue: 9)
    package static let name = "lz"
    static let streamNames = ["literals", "tokens", "offsets", "offsetlow", "offsetbits", "literallengths", "matchlengths"]

    /// How matches are found. Only the shortest match is on the wire.
    let settings: LZSettings
    let parser: LZParser
    let kernels: LZReaderKernels

    package var streamNames: [String] { Self.streamNames }
    package var parameters: [UInt8] { [UInt8(settings.minimumMatch)] }

    /// - Precondition: the shortest match is one of `LZLayout.minimumMatches`.
    package init(
        _ settings: LZSettings = LZSettings(), parser: LZParser = .fast, kernels: LZReaderKernels = KernelSet.current.lzReader
    ) {
        precondition(LZLayout.minimumMatches.contains(settings.minimumMatch))
        self.settings = settings
        self.parser = parser
        self.kernels = kernels
    }

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.count == 1, LZLayout.minimumMatches.contains(Int(parameters[0])) else {
            throw .badDescriptor(codec: Self.name, reason: "the parameter is one byte, 3 to 8")
        }
        var settings = LZSettings()
        settings.minimumMatch = Int(parameters[0])
        self.init(settings)
    }

    /// What ``split(_:scratch:)`` takes from its arena for `count` bytes, at the least.
    package func splittingScratch(_ count: Int) -> Int {
        let most = count / settings.minimumMatch
        let streams = LZStreamCounts(sequences: most, covering: count, minimumMatch: settings.minimumMatch)
        return (most + 1) * MemoryLayout<LZSequence>.stride + max(parsingScratch(count), streams.sum)
    }

    private func parsingScratch(_ count: Int) -> Int {
        let parsing = parser.workspaceSize(settings, count)
        guard settings.findsLongMatches else { return parsing }
        let matches = LongMatches.capacity(count) * MemoryLayout<LongMatch>.stride
        return matches + max(parsing, LongMatchFinder<NoMeter>.workspaceSize(count))
    }

    /// A sequence covers at least three bytes. What the shortest matches of a longer kind allow is not asked for: the streams' exact
    /// sizes are found wrong when the bytes are joined, and this bounds the memory before.
    package func maximumStreamCounts(decodedCount: Int) -> [Int] {
        let shortest = LZLayout.minimumMatches.lowerBound
        let counts = LZStreamCounts(sequences: decodedCount / shortest, covering: decodedCount, minimumMatch: shortest)
        return [
            counts.literals, counts.tokens, counts.offsets, counts.offsetLow + 1, counts.offsetBits, counts.literalLengths,
            counts.matchLengths,
        ]
    }
}
