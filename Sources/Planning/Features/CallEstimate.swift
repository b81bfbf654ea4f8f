// Whether a chunk is machine code whose distances are better coded as places: those of calls to one function are equal, so that the
// conversion pays where it makes operands recur. Unlinked objects, whose operands are zeros, and bytes that only look like instructions
// lose by the same count, and no magic number is asked for, as chunks begin anywhere in a file.

internal import Codecs
internal import Kernels

/// The architecture whose instructions a chunk should be converted as, or nil.
///
/// First the chunk's small sample tells whether there are such instructions at all, then pieces large enough to hold several calls
/// of one function tell what the conversion gains.
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
        let isLarge = chunk.count > CallThresholds.pieces * CallThresholds.pieceSize
        let (pieces, size) = isLarge ? (CallThresholds.pieces, CallThresholds.pieceSize) : (1, chunk.count)
        let second = try survey(chunk, architecture, pieces: pieces, pieceSize: size, scratch: scratch)
        let gain = Double(second.recurrences) / Double(pieces * size)
        guard gain >= bestGain else { continue }
        (best, bestGain) = (architecture, gain)
    }
    return best
}

private enum CallThresholds {
    /// Instructions in a byte of the small sample below which the large one is not looked at. Code has 3 to 34 in 1024 bytes, text none.
    static let conversions = 1.0 / 1024
    /// Operands in a byte of the large sample that must recur. Measured over blocks of 4 MiB: code gains 2 to 12 % of the coded size
    /// with 1 to 8 in 1024 bytes, and all that would become larger, but for three blocks of a root file system by 1 %, has fewer than 0.3.
    static let recurrences = 0.5 / 1024
    static let pieces = 16
    static let pieceSize = 16 << 10
}

/// The survey of `pieces` pieces spread evenly over `bytes`.
private func survey(
    _ bytes: UnsafeRawBufferPointer, _ architecture: CallsCodec.Architecture, pieces: Int, pieceSize: Int, scratch: ScratchArena
) throws(CodecError) -> CallSurvey {
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    var survey = CallSurvey()
    let seen = try scratch.allocate(CallSurvey.workspaceSize).assumingMemoryBound(to: UInt64.self)
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
