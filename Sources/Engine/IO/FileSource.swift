package import Planning
internal import Synchronization

/// A regular file, read from its current offset to the size that it had when it was opened. Every worker reads its own chunk.
///
/// `pread` and not a mapping: a file that shrinks while it is read then gives fewer bytes and not a signal.
package final class FileSource: ChunkSource {
    private let file: Descriptor
    private let start: UInt64
    private let size: UInt64
    private let segmenter: Segmenter
    private let opened: FileVersion
    private let nextOrdinal = Atomic<UInt64>(0)

    /// - Returns: nil unless the descriptor is a regular file that announces bytes after its current offset. Files in /proc announce
    ///   none and have some: read them as a pipe.
    package init?(_ file: Descriptor, _ segmenter: Segmenter) throws(SystemError) {
        let status = try file.status()
        guard status.isRegularFile, let start = file.position, status.byteCount > start else { return nil }
        self.file = file
        self.start = start
        self.segmenter = segmenter
        size = status.byteCount - start
        opened = FileVersion(status)
    }

    package var announcedSize: UInt64? { size }

    package func next(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Chunk? {
        let ordinal = nextOrdinal.wrappingAdd(1, ordering: .relaxed).oldValue
        guard ordinal < segmenter.chunkCount(of: size) else { return nil }
        let range = segmenter.range(ofChunk: ordinal, of: size)
        do {
            let chunk = UnsafeMutableRawBufferPointer(rebasing: buffer[..<range.count])
            let count = try file.read(at: start + range.lowerBound, into: chunk)
            // Fewer bytes than announced: the file shrank, and this is its end.
            return Chunk(
                ordinal: ordinal, start: range.lowerBound, count: count, isFinal: count < range.count || range.upperBound == size)
        } catch {
            throw .system(error)
        }
    }

    package func hasChanged() throws(EngineError) -> Bool {
        do {
            return FileVersion(try file.status()) != opened
        } catch {
            throw .system(error)
        }
    }
}
