package import Format
internal import KernelDispatch

/// Regroups elements of equal width by byte position: plane k holds byte k of every element. Numbers whose bytes differ in kind,
/// such as the exponents and mantissas of weights, so become streams of one kind each.
///
/// With rotation each element is turned left by a bit before: the exponent of an IEEE or BF16 number is then the top plane,
/// and its sign the lowest bit of plane 0. The wire format is in Transforms.md.
package struct PlanesCodec: BranchCodec {
    package static let id = CodecID(rawValue: 6)
    package static let name = "planes"

    private let width: ElementWidth
    private let isRotated: Bool

    /// - Precondition: `width` is not one, which would make the input its only plane.
    package init(width: ElementWidth, isRotated: Bool) {
        precondition(width != .one, "elements of one byte have no planes")
        self.width = width
        self.isRotated = isRotated
    }

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.count == 2, parameters[1] <= 1, let width = ElementWidth(rawValue: Int(parameters[0])), width != .one else {
            throw .badDescriptor(codec: Self.name, reason: "the parameters are the width, 2, 4 or 8, and the rotation, 0 or 1")
        }
        self.init(width: width, isRotated: parameters[1] == 1)
    }

    package var parameters: [UInt8] { [UInt8(width.rawValue), isRotated ? 1 : 0] }
    package var label: String { "\(Self.name)\(width.rawValue)\(isRotated ? "r" : "")" }
    package var streamNames: [String] { (0..<width.rawValue).map { "plane \($0)" } }

    /// The remainder follows plane 0, in numbers the least regular one.
    package func maximumStreamCounts(decodedCount: Int) -> [Int] {
        let elements = width.elementCount(of: decodedCount)
        var counts = Array(repeating: elements, count: width.rawValue)
        counts[0] += width.remainder(of: decodedCount)
        return counts
    }

    /// - Returns: nil when the input is less than an element.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        let elements = width.elementCount(of: input.count)
        guard elements > 0, let bytes = input.baseAddress else { return nil }
        let pointers = try scratch.pointers(width.rawValue, to: UnsafeMutableRawPointer.self)
        var planes: [UnsafeMutableRawBufferPointer] = []
        for (index, count) in maximumStreamCounts(decodedCount: input.count).enumerated() {
            let plane = try scratch.allocate(count)
            guard let start = plane.baseAddress else { return nil }
            pointers[index] = start
            planes.append(plane)
        }
        KernelSet.current.planes.split(bytes, elements, width.rawValue, isRotated ? 1 : 0, pointers)
        planes[0].copyEnd(of: input, width.remainder(of: input.count))
        return planes.map { UnsafeRawBufferPointer($0) }
    }

    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        let pointers = try scratch.pointers(width.rawValue, to: UnsafeRawPointer.self)
        for (index, count) in maximumStreamCounts(decodedCount: output.count).enumerated() {
            try checkSize(streams, index, is: count)
            if let start = streams[index].baseAddress { pointers[index] = start }
        }
        let elements = width.elementCount(of: output.count)
        // With an element there is a byte in every plane, and so every pointer is set.
        if elements > 0, let target = output.baseAddress {
            KernelSet.current.planes.join(pointers, elements, width.rawValue, isRotated ? 1 : 0, target)
        }
        output.copyEnd(of: streams[0], width.remainder(of: output.count))
    }
}

extension ScratchArena {
    /// Room for the pointers of `count` planes.
    fileprivate func pointers<Pointer>(_ count: Int, to _: Pointer.Type) throws(CodecError) -> UnsafeMutablePointer<Pointer> {
        let size = count * MemoryLayout<Pointer>.stride
        guard let start = try allocate(size).baseAddress else { throw .outOfMemory(requested: size) }
        return start.bindMemory(to: Pointer.self, capacity: count)
    }
}
