package import Format
package import KernelDispatch
internal import Kernels

/// Order-0 entropy coding: canonical Huffman codes of at most 12 bits in the lanes layout, a table for each segment.
/// Huffman.md is the specification.
package struct HuffmanCodec: LeafCodec {
    package static let id = CodecID(rawValue: 3)
    package static let name = "huffman"
    /// Segments of 16 KiB to 1 MiB.
    package static let segmentSizeLogarithms = 14...20

    /// The base-2 logarithm of the segment size.
    package let segmentSizeLogarithm: Int
    private let kernels: KernelSet

    /// - Precondition: `segmentSizeLogarithm` is one of ``segmentSizeLogarithms``.
    package init(segmentSizeLogarithm: Int = 17, kernels: KernelSet = .current) {
        precondition(Self.segmentSizeLogarithms.contains(segmentSizeLogarithm))
        self.segmentSizeLogarithm = segmentSizeLogarithm
        self.kernels = kernels
    }

    package var label: String { segmentSizeLogarithm == 17 ? Self.name : "\(Self.name)\(segmentSizeLogarithm)" }
    package var parameters: [UInt8] { [UInt8(segmentSizeLogarithm)] }

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.count == 1, Self.segmentSizeLogarithms.contains(Int(parameters[0])) else {
            throw .badDescriptor(codec: Self.name, reason: "the parameter is one byte, 14 to 20")
        }
        self.init(segmentSizeLogarithm: Int(parameters[0]))
    }

    package func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> Int? {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let segmentSize = 1 << segmentSizeLogarithm
        var encoder = try HuffmanSegmentEncoder(
            output: output, longestSegment: min(segmentSize, input.count), scratch: scratch, kernels: kernels)
        var at = 0
        while at < input.count {
            let end = min(at + segmentSize, input.count)
            guard encoder.append(UnsafeRawBufferPointer(rebasing: input[at..<end])) else { return nil }
            at = end
        }
        return encoder.written
    }

    package func decode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let segmentSize = 1 << segmentSizeLogarithm
        var decoder = try HuffmanSegmentDecoder(input: input, scratch: scratch, decodeLanes: kernels.huffmanDecode)
        var at = 0
        while at < output.count {
            let end = min(at + segmentSize, output.count)
            try decoder.next(UnsafeMutableRawBufferPointer(rebasing: output[at..<end]))
            at = end
        }
        try decoder.finish()
    }

    /// Two bytes can stand for a segment of one symbol, 1 MiB at most.
    package static func maximumDecodedCount(encodedCount: Int) -> Int {
        let (count, overflow) = (encodedCount / 2).multipliedReportingOverflow(by: 1 << segmentSizeLogarithms.upperBound)
        return overflow ? Int.max : count
    }
}
