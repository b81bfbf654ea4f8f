package import Codecs

/// A sample of a chunk and what was measured on it, each feature at its first use.
///
/// Sixteen pieces of 1 KiB, spread evenly from the first to the last byte, end to end. They bound the cost: 16 KiB are
/// read, whatever the chunk's size. Many small pieces beat few large ones because a chunk of an archive holds several
/// kinds of content. The scratch memory stays taken until the caller releases its mark.
package struct FeatureSample {
    /// The whole chunk.
    private let chunk: UnsafeRawBufferPointer
    /// The pieces end to end, or the chunk itself when it is no larger than they would be.
    package let bytes: UnsafeRawBufferPointer
    private let scratch: ScratchArena
    private var known: [Double?] = Array(repeating: nil, count: Feature.allCases.count)
    private var knownElements: ElementEstimate?

    static let pieceCount = 16
    static let pieceSize = 1 << 10
    /// Shorter runs are left to the match finders and to Huffman codes.
    package static let runLimit = 32

    /// - Parameter chunk: The raw bytes, not empty, with ``ScratchArena/slack`` readable bytes behind them.
    package init(_ chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) {
        self.chunk = chunk
        self.scratch = scratch
        bytes = try sampled(chunk, pieceCount: Self.pieceCount, pieceSize: Self.pieceSize, scratch: scratch)
    }

    /// The value of `feature`, measured now if it was not yet.
    package mutating func value(_ feature: Feature) throws(CodecError) -> Double {
        if let value = known[feature.rawValue] { return value }
        let value =
            switch feature {
            case .constancy: ConstantCodec.isConstant(chunk) ? 1.0 : 0
            case .entropy: try order0Distribution(bytes, scratch: scratch).entropy
            case .runShare: shareInRuns(bytes, ofAtLeast: Self.runLimit)
            case .matchRatio: try matchRatio(bytes, scratch: scratch)
            case .matchExcess: try value(.matchRatio) - value(.entropy) / 8
            case .phaseContrast: try phaseContrast(bytes, scratch: scratch)
            case .elementRatio: try elements().ratio
            case .elementWidth: Double(try elements().layout.width)
            case .entropyOverElements: try value(.entropy) / 8 - value(.elementRatio)
            case .elementsToMatches: try value(.elementRatio) / value(.matchRatio)
            }
        known[feature.rawValue] = value
        return value
    }

    /// The best layout of the sample's elements.
    package mutating func elementLayout() throws(CodecError) -> ElementLayout { try elements().layout }

    /// Whose instructions the chunk should be converted as before a match finder sees it, or nil.
    package func callArchitecture() throws(CodecError) -> CallsCodec.Architecture? {
        try Planning.callArchitecture(sample: bytes, of: chunk, scratch: scratch)
    }

    private mutating func elements() throws(CodecError) -> ElementEstimate {
        if let knownElements { return knownElements }
        let elements = try ElementEstimate(bytes, scratch: scratch)
        knownElements = elements
        return elements
    }
}

/// `pieceCount` pieces spread evenly over `chunk`, copied end to end into `scratch`; `chunk` itself when it is no larger. They start at
/// multiples of 8, as the chunk's elements do, whatever their width.
///
/// - Precondition: `pieceSize` is a multiple of 8.
func sampled(
    _ chunk: UnsafeRawBufferPointer, pieceCount: Int, pieceSize: Int, scratch: ScratchArena
) throws(CodecError) -> UnsafeRawBufferPointer {
    guard chunk.count > pieceCount * pieceSize else { return chunk }
    let sample = try scratch.allocate(pieceCount * pieceSize)
    for piece in 0..<pieceCount {
        let start = (chunk.count - pieceSize) * piece / (pieceCount - 1) & ~7
        let target = UnsafeMutableRawBufferPointer(rebasing: sample[(piece * pieceSize)..<((piece + 1) * pieceSize)])
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: chunk[start..<start + pieceSize]))
    }
    return UnsafeRawBufferPointer(sample)
}
