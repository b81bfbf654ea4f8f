package import Format

/// Leaf 0: the payload is the input.
///
/// The one codec whose payload is as large as its input, and what every node of a pipeline becomes that would not
/// shrink its input. Pipelines treat it specially so that the bytes are not copied where they need not be.
package struct StoredCodec: LeafCodec {
    package static var id: CodecID { CodecID(rawValue: 0) }
    package static var name: String { "stored" }
    package var parameters: [UInt8] { [] }

    package init() {}

    package init(parameters: [UInt8]) throws(CodecError) {
        try Self.refuseParameters(parameters)
    }

    /// - Returns: nil when `output` is smaller than `input`.
    package func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> Int? {
        guard output.count >= input.count else { return nil }
        output.copyMemory(from: input)
        return input.count
    }

    package func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        guard input.count == output.count else {
            throw .corrupt(codec: Self.name, offset: min(input.count, output.count), reason: "the stored size is not the raw size")
        }
        output.copyMemory(from: input)
    }

    package static func maximumDecodedCount(encodedCount: Int) -> Int { encodedCount }
}
