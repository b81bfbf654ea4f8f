/// Why bytes are not the structure that they should be. Offsets count from the first byte of the input.
package enum FormatError: Error, Hashable, Sendable {
    /// The input does not start like an archive.
    case notAnArchive(String, offset: UInt64)
    /// The bytes are intact, but a later version, a flag or a codec is needed that this reader does not know.
    case unsupported(String, offset: UInt64)
    /// The bytes break a rule of the format, or do not match their hash.
    case corrupt(String, offset: UInt64)
    /// The bytes end at `offset`, within the structure named; it goes on to offset `needed` at least.
    case truncated(String, offset: UInt64, needed: UInt64)
}

extension FormatError {
    /// Where in the input.
    package var offset: UInt64 {
        switch self {
        case .notAnArchive(_, let offset), .unsupported(_, let offset), .corrupt(_, let offset), .truncated(_, let offset, _): offset
        }
    }

    /// One sentence for a person, without the place.
    package var message: String {
        switch self {
        case .notAnArchive(let reason, _): "not a Bale archive: \(reason)"
        case .unsupported(let what, _): "\(what), which this version of Bale does not know"
        case .corrupt(let what, _): what
        case .truncated(let what, _, let needed): "the archive ends within \(what), which goes on to byte \(needed) at least"
        }
    }
}

extension FormatError: CustomStringConvertible {
    package var description: String { "\(message) (at byte \(offset))" }
}

extension UnsafeRawBufferPointer {
    /// The first `size` bytes, or an error that `what`, which starts at `start`, is cut off.
    func prefix(size: Int, of what: String, at start: UInt64) throws(FormatError) -> UnsafeRawBufferPointer {
        guard count >= size else { throw .truncated(what, offset: start &+ UInt64(count), needed: start &+ UInt64(size)) }
        return UnsafeRawBufferPointer(start: baseAddress, count: size)
    }
}
