package import Codecs
package import Format

/// Why the engine stopped. Errors of the layers below are wrapped, not flattened.
package enum EngineError: Error, Sendable {
    case system(SystemError)
    /// A header, index or footer that cannot be used.
    case format(FormatError)
    /// A block whose frame is intact and whose content is not.
    case block(BlockDamage)
    /// A codec could not go on, to encode or to decode: no memory. What is wrong with a block is `block`.
    case codec(CodecError)
    /// Bytes that belong to no archive follow the last one.
    case trailingBytes(offset: UInt64)
    /// A file without index and footer where random access was asked for.
    case noIndex
    /// A file in which salvage finds nothing.
    case nothingToSalvage
    /// Even one worker needs more than the memory limit.
    case memoryLimit(required: Int, limit: Int)
    /// The archive holds more bytes than the caller accepts.
    case outputLimit(UInt64)
    /// A block did not decode to its input (`checksBlocks`).
    case checkFailed(rawRange: Range<UInt64>)
    /// A stream that the caller supplied threw.
    case input(any Error)
    case cancelled
}

/// What is wrong with one block, and which raw bytes are lost with it.
package struct BlockDamage: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
        case storedHash
        case rawHash
        case codec(CodecError)
        /// Salvage found no block for these raw bytes.
        case missing
        /// The header is unreadable, or of another block than the one that belongs here.
        case header(FormatError)
    }

    package var reason: Reason
    package var ordinal: UInt64
    /// Of the block header, from the start of the input.
    package var byteOffset: UInt64
    /// Within the output, so with all archives before this one counted.
    package var rawRange: Range<UInt64>
}
