// Whether a chunk is machine code whose distances are better coded as places: those of calls to one function are equal, so that the
// conversion pays where it makes operands recur. Unlinked objects, whose operands are zeros, and bytes that only look like instructions
// lose by the same count, and no magic number is asked for, as chunks begin anywhere in a file.

internal import Codecs
internal import Kernels

/// The architecture whose instructions a chunk should be converted as, or nil.
///
/// First the chunk's small sample tells whether there are such instructions at all, then pieces large enough to hold several calls
/// of one function tell what the conversion gains. Of a large chunk that is all of it: what it loses is repeats of whole functions,
/// unlinked or at the same distance from each other, and those of the chunk's archives and programs lie far apart.
///
/// - Parameters:
///   - sample: Pieces of the chunk, end to end.
///   - chunk: At most 2^29 bytes.
func callArchitecture(
    sample: UnsafeRawBufferPointer, of chunk: UnsafeRawBufferPointer, scratch: ScratchArena
) throws(CodecError) -> CallsCodec.Architecture? {
    var best: CallsCodec.Architecture?
    var bestGain = CallThresholds.recurrences
    for architecture in CallsCodec.Architecture.allCases {
        let first = try survey(sample, architecture, pieces: 1, pieceSize: sample.count, scratch: scratch)
        guard Double(first.conversions) >= CallThresholds.conversions * Double(sample.count) else { continue }
        let isLarge = chunk.count > CallThresholds.sampledSize
        let isSampled = !isLarge && chunk.count > CallThresholds.pieces * CallThresholds.pieceSize
        let (pieces, size) = isSampled ? (CallThresholds.pieces, CallThresholds.pieceSize) : (1, chunk.count)
        let second = try survey(chunk, architecture, pieces: pieces, pieceSize: size, scratch: scratch)
        let recurrences = second.recurringPlaces - (isLarge ? CallThresholds.distanceWeight : 1) * second.recurringDistances
        let gain = Double(recurrences * second.share) / Double(pieces * size)
        guard gain >= bestGain else { continue }
        (best, bestGain) = (architecture, gain)
    }
    return best
}

private enum CallThresholds {
    /// Instructions in a byte of the small sample below which the large one is not looked at. Code has 3 to 34 in 1024 bytes, text none.
    static let conversions = 1.0 / 1024
    /// Operands in a byte of the large sample that must recur. Measured over blocks of 2, 4 and 16 MiB: code gains 2 to 16 % of the
    /// coded size with 1 to 13 in 1024 bytes. With fewer it gains or loses 1 %, and converting back takes an eighth of the time to read it.
    static let recurrences = 1.0 / 1024
    static let pieces = 16
    static let pieceSize = 16 << 10
    /// Bytes of a chunk that is not surveyed as a whole. Finding matches in a larger one takes so long that reading all of it adds 2 %.
    static let sampledSize = 4 << 20
    /// A place that recurs saves two to three bytes. In a large chunk most distances that recur are those of repeated functions: it takes
    /// twice as many bytes to say where a match goes on behind each of their operands.
    static let distanceWeight = 2
}

/// The survey of `pieces` pieces spread evenly over `bytes`.
private func survey(
    _ bytes: UnsafeRawBufferPointer, _ architecture: CallsCodec.Architecture, pieces: Int, pieceSize: Int, scratch: ScratchArena
) throws(CodecError) -> CallSurvey {
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    var survey = CallSurvey(byteCount: pieces * pieceSize)
    let seen = try scratch.allocate(survey.workspaceSize).assumingMemoryBound(to: UInt64.self)
    guard let start = bytes.baseAddress, let set = seen.baseAddress else { return survey }
    seen.update(repeating: 0)
    for piece in 0..<pieces {
        let offset = (bytes.count - pieceSize) * piece / max(1, pieces - 1) & ~3
        switch architecture {
        case .x86: survey.x86(start, offset, pieceSize, set)
        case .arm64: survey.arm64(start, offset, pieceSize, set)
        }
    }
    return survey
}
