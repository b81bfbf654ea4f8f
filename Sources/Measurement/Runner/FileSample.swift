internal import Engine

/// Which bytes of a file stand for it: all of them, or pieces at even distances, the first and the last one among them, put together in
/// their order.
package struct FileSample: Sendable, Hashable {
    /// Unless the user says otherwise: some seconds for a fast compressor. ``SampleBudget`` takes less where others are slow.
    package static let defaultSize = 128 << 20
    /// Blocks of the usual levels are as long: shorter pieces would hide from the compressors what repeats within a block, and what a sample
    /// says of size would not hold for the file.
    package static let smallestPiece = 4 << 20
    /// Of a large sample: more distances between pieces would make the pieces shorter.
    private static let pieceCount = 32

    package let fileSize: Int
    package let pieceSize: Int
    /// Where the pieces begin, ascending.
    package let offsets: [Int]
    package var size: Int { pieceSize * offsets.count }
    package var isWhole: Bool { size == fileSize }

    /// - Parameters:
    ///   - fileSize: bytes, at least 1.
    ///   - wanted: bytes to measure; the sample has at most so many, apart from rounding to whole pieces.
    ///   - smallestPiece: bytes of a piece at least.
    package init(fileSize: Int, wanted: Int = defaultSize, smallestPiece: Int = smallestPiece) {
        self.fileSize = fileSize
        guard fileSize > wanted else {
            pieceSize = fileSize
            offsets = [0]
            return
        }
        let piece = min(max(smallestPiece, wanted / Self.pieceCount / smallestPiece * smallestPiece), wanted)
        let chunks = ChunkSample(fileSize: fileSize, chunkSize: piece, sampleSize: wanted)
        pieceSize = piece
        offsets = chunks.offsets
    }

    /// Reads the sample.
    package func read(from file: Int32) throws(ComparisonError) -> [UInt8] {
        var missing: ComparisonError?
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            for (index, offset) in offsets.enumerated() where missing == nil {
                let place = UnsafeMutableRawBufferPointer(buffer)[(index * pieceSize)..<((index + 1) * pieceSize)]
                do throws(ComparisonError) {
                    try ChunkSample.read(UnsafeMutableRawBufferPointer(rebasing: place), at: offset, from: file)
                } catch {
                    missing = error
                }
            }
            count = missing == nil ? size : 0
        }
        if let missing { throw missing }
        return bytes
    }
}

extension ChunkSample {
    /// Fills the buffer with the file's bytes from the offset on.
    package static func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int, from file: Int32) throws(ComparisonError) {
        let count: Int
        do throws(SystemError) {
            count = try Descriptor(file).read(at: UInt64(offset), into: buffer)
        } catch {
            throw .system("cannot read it", error.number)
        }
        guard count == buffer.count else { throw .inputChanged }
    }
}
