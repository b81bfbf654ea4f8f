package import Format
internal import Kernels

/// Takes long runs of one byte value out of the input.
///
/// Two streams: the literals, which are all bytes outside runs and each run's value once, and the runs, two varints for each. The
/// wire format is in RunLength.md.
package struct RunLengthCodec: BranchCodec {
    package static let id = CodecID(rawValue: 2)
    package static let name = "runlength"
    private static let streamNames = ["literals", "runs"]
    package let parameters: [UInt8] = []
    package var streamNames: [String] { Self.streamNames }

    package init() {}

    package init(parameters: [UInt8]) throws(CodecError) {
        guard parameters.isEmpty else { throw .badDescriptor(codec: Self.name, reason: "takes no parameters") }
    }

    /// A run covers at least 16 raw bytes and takes two varints; each further byte of a varint takes 128 more raw bytes.
    package func maximumStreamCounts(decodedCount: Int) -> [Int] {
        [max(0, decodedCount - (RunScan.minimum - 1)), decodedCount / 8]
    }

    static func corrupt(_ stream: Int, _ offset: Int, _ reason: String) -> CodecError {
        .corrupt(codec: "\(name) \(streamNames[stream])", offset: offset, reason: reason)
    }
}
