package import Format

/// One reversible transform with a wire number.
///
/// A codec checks everything that comes from a file with `if`, takes its scratch from the arena and calls kernels; it
/// knows no threads and no files. Every buffer that it is handed, input or output, is followed by
/// ``ScratchArena/slack`` bytes that it may read, and in outputs overwrite.
package protocol Codec: Sendable {
    static var id: CodecID { get }
    /// The name that `bale pipelines` prints and `--pipeline` takes.
    static var name: String { get }
    /// The name together with the parameters that a reader of a listing wants to see: `planes4r`. Most are the name alone.
    var label: String { get }
    /// What the decoder must know beyond the number; at most 255 bytes, `[]` for most.
    var parameters: [UInt8] { get }
    /// The decoder for these wire parameters.
    /// - Throws: `badDescriptor` unless the parameters are exactly what an encoder writes.
    init(parameters: [UInt8]) throws(CodecError)
}

/// A codec that writes its input's final bytes.
package protocol LeafCodec: Codec {
    /// Encodes all of `input`, which is not empty.
    /// - Returns: bytes written, or nil when they would not fit `output`. The caller makes `output` smaller than
    ///   `input`, so nil means: this does not shrink.
    func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> Int?

    /// Decodes `input` to exactly fill `output`.
    /// - Throws: `corrupt` unless `input` is used up and `output` is full.
    func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError)

    /// The most that `encodedCount` encoded bytes can decode to, by the codec's definition. A file that claims more is
    /// refused before memory is taken for it.
    static func maximumDecodedCount(encodedCount: Int) -> Int
}

/// A codec that turns its input into several streams, each of which another pipeline encodes.
package protocol BranchCodec: Codec {
    /// One for each stream, in order. How many there are may follow from the codec's parameters.
    var streamNames: [String] { get }
    /// Splits all of `input`, which is not empty, into `streamNames.count` streams, allocated in `scratch`.
    /// - Returns: nil when the streams would be no easier to encode than the input, which the first stream's pipeline
    ///   then encodes instead: the first stream is the one that is left when there is nothing to split off.
    func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]?

    /// The reverse: exactly fills `output`.
    func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError)

    /// The most bytes that each stream can have for an input of `count` bytes.
    func maximumStreamCounts(decodedCount: Int) -> [Int]
}

extension Codec {
    package var label: String { Self.name }
}
