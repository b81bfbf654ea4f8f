package import Format
internal import KernelDispatch

/// Replaces each element by what sets it apart from the one before: for series whose neighbours are near to each other.
///
/// One stream, as large as the input. The wire format is in Transforms.md.
package struct DeltaCodec: BranchCodec {
    /// How two neighbours are compared. The raw values are those of the wire.
    package enum Filter: UInt8, CaseIterable, Sendable {
        /// The element minus the one before, modulo 2 to the width's bits.
        case difference = 0
        /// Exclusive or with the one before.
        case xor = 1
        /// As ``difference``, with small differences of either sign as small numbers: 0, -1, 1, -2 become 0, 1, 2, 3.
        case zigzag = 2
    }

    package static let id = CodecID(rawValue: 7)
    package static let name = "delta"

    private let width: ElementWidth
    private let filter: Filter

    package init(width: ElementWidth, filter: Filter) {
        self.width = width
        self.filter = filter
    }

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.count == 2, let width = ElementWidth(rawValue: Int(parameters[0])), let filter = Filter(rawValue: parameters[1])
        else { throw .badDescriptor(codec: Self.name, reason: "the parameters are the width, 1, 2, 4 or 8, and the filter, 0 to 2") }
        self.init(width: width, filter: filter)
    }

    package var parameters: [UInt8] { [UInt8(width.rawValue), filter.rawValue] }
    package var label: String {
        switch filter {
        case .difference: "delta\(width.rawValue)"
        case .xor: "xor\(width.rawValue)"
        case .zigzag: "delta\(width.rawValue)z"
        }
    }
    package var streamNames: [String] { ["differences"] }

    package func maximumStreamCounts(decodedCount: Int) -> [Int] { [decodedCount] }

    /// - Returns: nil when the input is less than an element.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        let elements = width.elementCount(of: input.count)
        guard elements > 0, let bytes = input.baseAddress else { return nil }
        let stream = try scratch.allocate(input.count)
        guard let target = stream.baseAddress else { return nil }
        let filters = KernelSet.current.filters
        switch filter {
        case .difference: filters.difference(bytes, elements, width.rawValue, target)
        case .xor: filters.xorPrevious(bytes, elements, width.rawValue, target)
        case .zigzag: filters.differenceZigzag(bytes, elements, width.rawValue, target)
        }
        stream.copyEnd(of: input, width.remainder(of: input.count))
        return [UnsafeRawBufferPointer(stream)]
    }

    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        try checkSize(streams, 0, is: output.count)
        let elements = width.elementCount(of: output.count)
        if elements > 0, let bytes = streams[0].baseAddress, let target = output.baseAddress {
            let filters = KernelSet.current.filters
            switch filter {
            case .difference: filters.sum(bytes, elements, width.rawValue, target)
            case .xor: filters.undoXorPrevious(bytes, elements, width.rawValue, target)
            case .zigzag: filters.undoDifferenceZigzag(bytes, elements, width.rawValue, target)
            }
        }
        output.copyEnd(of: streams[0], width.remainder(of: output.count))
    }
}
