/// The steps of reading a batch, one implementation of each.
package struct LZReaderKernels: Sendable {
    package let lengths: LZLengths.Expand
    package let distances: LZDistances.Expand
    package let resolve: LZDistances.Resolve
    package let copy: LZCopy.Copy
    /// The same for delta literals.
    package let copyDeltas: LZCopy.Copy

    package init(
        lengths: @escaping LZLengths.Expand, distances: @escaping LZDistances.Expand, resolve: @escaping LZDistances.Resolve,
        copy: @escaping LZCopy.Copy, copyDeltas: @escaping LZCopy.Copy
    ) {
        self.lengths = lengths
        self.distances = distances
        self.resolve = resolve
        self.copy = copy
        self.copyDeltas = copyDeltas
    }

    package static let portable = LZReaderKernels(
        lengths: LZLengths.expand, distances: LZDistances.expand, resolve: LZDistances.resolve, copy: LZCopy.copy,
        copyDeltas: LZCopy.copyDeltas)
}

/// Turns the streams back into the bytes.
package enum LZReader {
    /// Exactly fills the `count` bytes at `output`.
    ///
    /// A batch's counts are summed before one of its bytes is copied, so that the copies need no check of their own but that of
    /// their distances. Preconditions: 128 bytes behind the output and each stream belong to the caller and may be read, those of the
    /// output overwritten; `workspace` has `LZBatch.workspaceSize` bytes.
    package static func read(
        _ input: inout LZInput, into output: UnsafeMutableRawPointer, count: Int, workspace: UnsafeMutableRawPointer,
        kernels: LZReaderKernels
    ) throws(LZFault) {
        let batch = LZBatch(at: workspace)
        let copy = input.hasDeltaLiterals ? kernels.copyDeltas : kernels.copy
        let end = output + count
        var target = output
        while input.tokens.left > 0 {
            let size = min(input.tokens.left, LZBatch.capacity)
            let sums = try kernels.lengths(&input, batch, size)
            try kernels.distances(&input, batch, size)
            kernels.resolve(&input, batch, size)
            if sums.literals > input.literals.left { throw .literalsCutOff }
            if sums.literals &+ sums.matches > end - target { throw .outputOverrun }
            guard let next = copy(&input, batch, size, target, output) else { throw .farDistance }
            target = next
            input.tokens.at += size
        }
        try finish(&input, target, end)
    }

    /// Copies the literals behind the last match.
    private static func finish(_ input: inout LZInput, _ target: UnsafeMutableRawPointer, _ end: UnsafeMutableRawPointer) throws(LZFault) {
        let rest = input.literals.left
        if rest != end - target { throw .outputNotFull }
        if input.hasDeltaLiterals {
            LZDeltaLiterals.add(input.literals.at, target, input.lastDistance, rest)
        } else {
            target.copyMemory(from: input.literals.at, byteCount: rest)
        }
        let bitsLeft = 8 &* input.offsetBits.left &- input.bitOffset
        let filling = bitsLeft > 0 ? input.offsetBits.at.load(as: UInt8.self) &>> UInt8(truncatingIfNeeded: input.bitOffset) : 0
        let isUsedUp =
            input.offsets.left == 0 && input.offsetLow.left == 0 && input.literalLengths.left == 0 && input.matchLengths.left == 0
        if !isUsedUp || bitsLeft >= 8 || filling != 0 { throw .bytesLeftOver }
    }
}
