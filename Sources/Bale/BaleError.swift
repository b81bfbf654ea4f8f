/// Why an operation did not succeed: what, where and, in the message, what to do.
public struct BaleError: Error, Hashable, Sendable {
    /// What went wrong, as far as a caller acts on it.
    public enum Kind: Hashable, Sendable {
        /// The operating system refused: a missing file, no permission, no space, a closed pipe.
        case system
        /// An option has a value that cannot be used.
        case invalidOption
        /// A limit that the caller set would be broken: memory, or size of the output.
        case limitExceeded
        /// The input is not a Bale archive.
        case notAnArchive
        /// The archive's bytes were changed since it was written.
        case damaged
        /// The archive ends too early.
        case truncated
        /// Bytes that belong to no archive follow the last one.
        case trailingBytes
        /// The archive needs a later version, or a codec that this build does not have.
        case unsupported
        /// The task was cancelled.
        case cancelled
        /// Bale broke one of its own rules, for example a block that did not decode to its input under `checksBlocks`.
        case internalError
    }

    /// What went wrong.
    public var kind: Kind
    /// One sentence for a person, without the place.
    public var message: String
    /// Where in the archive, in bytes from the start of the input.
    public var byteOffset: UInt64?
    /// The ordinal of the block concerned, counted from 0 within its archive.
    public var block: UInt64?
    /// The raw bytes that cannot be had because of it.
    public var rawRange: Range<UInt64>?
    /// The system's error number, for ``Kind/system``.
    public var errorNumber: Int32?

    /// Creates an error.
    public init(
        _ kind: Kind, _ message: String, byteOffset: UInt64? = nil, block: UInt64? = nil, rawRange: Range<UInt64>? = nil,
        errorNumber: Int32? = nil
    ) {
        self.kind = kind
        self.message = message
        self.byteOffset = byteOffset
        self.block = block
        self.rawRange = rawRange
        self.errorNumber = errorNumber
    }
}

extension BaleError: CustomStringConvertible {
    /// The message with the place: "the stored bytes do not match their hash (block 3, at byte 4711)".
    public var description: String {
        var places: [String] = []
        if let block { places.append("block \(block)") }
        if let byteOffset { places.append("at byte \(byteOffset)") }
        if let rawRange { places.append("raw bytes \(rawRange.lowerBound) to \(rawRange.upperBound)") }
        return places.isEmpty ? message : "\(message) (\(places.joined(separator: ", ")))"
    }
}
