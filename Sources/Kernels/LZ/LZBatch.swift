/// Room for the sequences that are between their tokens and their copies: few enough to stay in the first-level cache.
package struct LZBatch {
    /// Sequences in a full batch; a multiple of 64, so that wide kernels work on whole vectors of tokens.
    package static let capacity = 512
    /// Entries of each row: behind the last sequence's, kernels may write 64 more.
    package static let stride = 576
    package static let workspaceSize = 4 * stride * MemoryLayout<UInt32>.stride

    /// Four rows of ``stride`` entries: literal counts, match counts and distances by sequence, and the new distances in order. One
    /// pointer for all, so that a loop over them needs one register.
    package let rows: UnsafeMutablePointer<UInt32>

    /// - Parameter workspace: ``workspaceSize`` bytes, 64-byte aligned.
    package init(at workspace: UnsafeMutableRawPointer) {
        rows = workspace.assumingMemoryBound(to: UInt32.self)
    }

    package var literalCounts: UnsafeMutablePointer<UInt32> { rows }
    package var matchCounts: UnsafeMutablePointer<UInt32> { rows + Self.stride }
    package var distances: UnsafeMutablePointer<UInt32> { rows + 2 * Self.stride }
    package var newDistances: UnsafeMutablePointer<UInt32> { rows + 3 * Self.stride }
}
