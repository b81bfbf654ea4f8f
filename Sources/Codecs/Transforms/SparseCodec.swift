package import Format
internal import KernelDispatch

/// Takes the elements that are zero out of the input: for pruned weights, masks, sparse matrices.
///
/// Two streams: the values, which are all other elements, and a bitmap that says where they belong. The wire format is in
/// Transforms.md.
package struct SparseCodec: BranchCodec {
    package static let id = CodecID(rawValue: 8)
    package static let name = "sparse"

    private let width: ElementWidth

    package init(width: ElementWidth) { self.width = width }

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.count == 1, let width = ElementWidth(rawValue: Int(parameters[0])) else {
            throw .badDescriptor(codec: Self.name, reason: "the parameter is the width, 1, 2, 4 or 8")
        }
        self.init(width: width)
    }

    package var parameters: [UInt8] { [UInt8(width.rawValue)] }
    package var label: String { "\(Self.name)\(width.rawValue)" }
    package var streamNames: [String] { ["values", "bitmap"] }

    package func maximumStreamCounts(decodedCount: Int) -> [Int] {
        [decodedCount, bitmapSize(width.elementCount(of: decodedCount))]
    }

    private func bitmapSize(_ elements: Int) -> Int { (elements + 7) / 8 }

    /// - Returns: nil, with no scratch taken, when both streams together would not be below 31/32 of the input.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        let count = input.count
        let elements = width.elementCount(of: count)
        guard elements > 0, let bytes = input.baseAddress else { return nil }
        let mark = scratch.mark
        let bitmap = try scratch.allocate(bitmapSize(elements))
        let values = try scratch.allocate(count)
        guard let bits = bitmap.baseAddress, let target = values.baseAddress else { return nil }
        let packed = KernelSet.current.bitmaps.pack(bytes, elements, width.rawValue, bits, target) * width.rawValue
        let size = packed + width.remainder(of: count)
        guard size + bitmap.count < count - count / 32 else {
            scratch.release(to: mark)
            return nil
        }
        let used = UnsafeMutableRawBufferPointer(rebasing: values[..<size])
        used.copyEnd(of: input, width.remainder(of: count))
        return [UnsafeRawBufferPointer(used), UnsafeRawBufferPointer(bitmap)]
    }

    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        let elements = width.elementCount(of: output.count)
        try checkSize(streams, 1, is: bitmapSize(elements))
        if elements > 0, let bits = streams[1].baseAddress, let target = output.baseAddress {
            let last = streams[1].count - 1
            guard elements % 8 == 0 || streams[1][last] >> (elements % 8) == 0 else {
                throw corrupt(stream: 1, at: last, "bits behind the last element are set")
            }
            // What the kernel reads of the values is what the bitmap says, so the two must agree before it runs.
            let nonzero = KernelSet.current.bitmaps.ones(bits, elements)
            try checkSize(streams, 0, is: nonzero * width.rawValue + width.remainder(of: output.count))
            KernelSet.current.bitmaps.unpack(bits, streams[0].baseAddress ?? bits, elements, width.rawValue, target)
        } else {
            try checkSize(streams, 0, is: width.remainder(of: output.count))
        }
        output.copyEnd(of: streams[0], width.remainder(of: output.count))
    }
}
