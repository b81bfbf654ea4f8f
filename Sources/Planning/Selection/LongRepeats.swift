internal import Codecs
internal import Kernels

/// How much of a chunk long repeats cover. Samples do not show them: packed files and weights look like noise, once or twice.
enum LongRepeats {
    /// Whether a match finder is better than what the sample makes of the chunk.
    ///
    /// Where it would be stored or only get Huffman codes, matches lose next to nothing. What other kinds save is at most a half by
    /// their transforms, which matches would do without.
    static func outweigh(_ kind: ContentKind, in chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Bool {
        switch kind {
        case .constant, .matches: false
        case .incompressible, .skewed: try covered(chunk, scratch) > chunk.count / 32
        case .runs, .skewedRuns, .elements, .elementMatches: try covered(chunk, scratch) > chunk.count / 2
        }
    }

    /// Bytes of `chunk` that repeat ``LongMatches/shortest`` bytes and more of it.
    static func covered(_ chunk: UnsafeRawBufferPointer, _ scratch: ScratchArena) throws(CodecError) -> Int {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let input = chunk.baseAddress!.assumingMemoryBound(to: UInt8.self)
        return try LZCodec.findLongMatches(input, chunk.count, scratch).reduce(0) { $0 + Int($1.length) }
    }
}
