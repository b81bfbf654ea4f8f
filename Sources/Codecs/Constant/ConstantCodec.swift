package import Format
internal import KernelDispatch

/// A block in which all bytes are equal, as that one byte.
package struct ConstantCodec: LeafCodec {
    package static let id = CodecID(rawValue: 1)
    package static let name = "constant"
    package let parameters: [UInt8] = []

    package init() {}

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.isEmpty else { throw .badDescriptor(codec: Self.name, reason: "takes no parameters") }
    }

    package func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> Int? {
        guard !output.isEmpty, Self.isConstant(input) else { return nil }
        output[0] = input[0]
        return 1
    }

    package func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        guard input.count == 1 else {
            throw .corrupt(codec: Self.name, offset: min(input.count, 1), reason: "\(input.count) bytes where 1 belongs")
        }
        output.initializeMemory(as: UInt8.self, repeating: input[0])
    }

    /// One byte stands for any number. What bounds it is the raw size that a block may announce, which is checked elsewhere.
    package static func maximumDecodedCount(encodedCount: Int) -> Int { encodedCount == 1 ? .max : 0 }

    /// Whether `input`, which is not empty, repeats one value.
    package static func isConstant(_ input: UnsafeRawBufferPointer) -> Bool {
        guard let bytes = input.baseAddress else { return false }
        return KernelSet.current.commonPrefix(bytes, bytes + 1, input.count - 1) == input.count - 1
    }
}
