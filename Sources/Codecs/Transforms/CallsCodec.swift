package import Format
internal import KernelDispatch

/// Replaces the distances in calls and address loads of machine code by places in the block, which repeat where distances do not: for
/// executables, before a codec that finds repeated strings.
///
/// One stream, as large as the input. The wire format is in Transforms.md.
package struct CallsCodec: BranchCodec {
    /// Whose instructions are looked for. The raw values are those of the wire, the names those of the pipelines.
    package enum Architecture: UInt8, CaseIterable, Sendable {
        case x86 = 0
        case arm64 = 1
    }

    package static let id = CodecID(rawValue: 10)
    package static let name = "calls"

    private let architecture: Architecture

    package init(_ architecture: Architecture) { self.architecture = architecture }

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.count == 1, let architecture = Architecture(rawValue: parameters[0]) else {
            throw .badDescriptor(codec: Self.name, reason: "the parameter is the architecture, 0 or 1")
        }
        self.init(architecture)
    }

    package var parameters: [UInt8] { [architecture.rawValue] }
    package var label: String { "\(architecture)" }
    package var streamNames: [String] { ["instructions"] }

    package func maximumStreamCounts(decodedCount: Int) -> [Int] { [decodedCount] }

    /// - Returns: nil when the input is empty.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        guard let code = input.baseAddress, !input.isEmpty else { return nil }
        let stream = try scratch.allocate(input.count)
        guard let target = stream.baseAddress else { return nil }
        kernels.places(code, input.count, target)
        return [UnsafeRawBufferPointer(stream)]
    }

    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        try checkSize(streams, 0, is: output.count)
        guard let code = streams[0].baseAddress, let target = output.baseAddress else { return }
        kernels.distances(code, output.count, target)
    }

    private var kernels: KernelSet.Calls.Directions {
        switch architecture {
        case .x86: KernelSet.current.calls.x86
        case .arm64: KernelSet.current.calls.arm64
        }
    }
}
