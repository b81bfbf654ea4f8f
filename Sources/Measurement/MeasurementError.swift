/// Why there is no measurement.
package enum MeasurementError: Error, Hashable, Sendable {
    /// The system gave no memory.
    case outOfMemory
    /// No kernel has that name.
    case unknownKernel(String)
    /// BALE_CPU names no instruction set; the sentence says so.
    case badInstructionSet(String)
}

/// A kernel whose result was wrong: it has no row.
package struct KernelFault: Error, Hashable, Sendable, CustomStringConvertible {
    package let kernel: String
    package let set: String
    /// Where the chunk begins in the file.
    package let chunkOffset: Int
    package let reason: String

    package var description: String {
        "kernel \(kernel) on \(set) is wrong: in the chunk at byte \(chunkOffset) \(reason)"
    }
}
