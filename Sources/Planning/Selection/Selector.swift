package import Codecs

/// Decides, block by block, which pipeline encodes it. The same bytes give the same answer in every run, on every
/// worker and every instruction set.
package protocol Selector: Sendable {
    /// - Parameters:
    ///   - chunk: The raw bytes of one block, not empty, with ``ScratchArena/slack`` readable bytes behind them.
    ///   - scratch: Left as it was found.
    func choose(_ chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Pipeline

    /// The most scratch that the match finders of a chosen pipeline take for a block of `count` bytes.
    func matchScratch(_ count: Int) -> Int
}

/// The pipeline that the user forced.
package struct FixedSelector: Selector {
    private let pipeline: Pipeline

    package init(_ pipeline: Pipeline) { self.pipeline = pipeline }

    package func choose(_ chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Pipeline { pipeline }

    package func matchScratch(_ count: Int) -> Int { pipeline.matchScratch(count) }
}
