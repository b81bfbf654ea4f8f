/// Room for the sequences that are between their tokens and their copies: few enough to stay in the first-level cache.
package struct LZBatch {
    /// Sequences in a full batch; a multiple of 64, so that wide kernels work on whole vectors of tokens.
    package static let capacity = 512
    /// Entries that kernels may write behind the last sequence's.
    private static let slack = 64
    package static let workspaceSize = 4 * (capacity + slack) * MemoryLayout<UInt32>.stride

    package let literalCounts: UnsafeMutablePointer<UInt32>
    package let matchCounts: UnsafeMutablePointer<UInt32>
    package let distances: UnsafeMutablePointer<UInt32>
    /// The new distances of the batch, in order.
    package let newDistances: UnsafeMutablePointer<UInt32>

    /// - Parameter workspace: ``workspaceSize`` bytes, 64-byte aligned.
    package init(at workspace: UnsafeMutableRawPointer) {
        let counts = workspace.assumingMemoryBound(to: UInt32.self)
        literalCounts = counts
        matchCounts = counts + (Self.capacity + Self.slack)
        distances = counts + 2 * (Self.capacity + Self.slack)
        newDistances = counts + 3 * (Self.capacity + Self.slack)
    }
}
