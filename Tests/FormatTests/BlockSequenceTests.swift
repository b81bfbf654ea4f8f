import Checksum
import Testing

@testable import Format

/// The structures of one small archive, taken apart so that tests can mix them.
struct SampleArchive {
    var fileHeader: FileHeader
    var blocks: [BlockHeader] = []
    var index: BlockIndex
    var footer: Footer

    /// - Parameter seed: archives of other seeds have other ids and hashes.
    init(blockCount: Int, seed: UInt64, chunkSize: Int = 4096) {
        fileHeader = FileHeader(chunkSize: chunkSize, archiveID: ArchiveID.derive(chunkSize: chunkSize, firstBlockHash: seed))
        var sequence = BlockSequence(fileHeader, at: place)
        for ordinal in 0..<blockCount {
            let block = BlockHeader(
                archiveIDLow: fileHeader.archiveID.low, link: sequence.index.link, ordinal: UInt64(ordinal),
                rawOffset: UInt64(ordinal * chunkSize), rawSize: chunkSize, storedSize: 100, isFinal: ordinal == blockCount - 1,
                pipeline: Samples.tree, rawHash: seed &+ UInt64(ordinal), storedHash: 2)
            // The first blocks of a sound sequence are accepted: tests below see the failures.
            try? sequence.append(block)
            blocks.append(block)
        }
        index = sequence.index
        footer = Footer(index, archiveID: fileHeader.archiveID)
    }

    /// What the front-to-back reader says of these structures.
    func readInOrder() throws(FormatError) {
        var sequence = BlockSequence(fileHeader, at: place)
        for block in blocks { try sequence.append(block) }
        try sequence.check(index)
        try footer.check(fileHeader, index, archiveAt: place)
    }

    /// What the reader that starts at the footer says of these structures.
    func readByIndex() throws(FormatError) {
        try footer.check(fileHeader, index, archiveAt: place)
        guard blocks.count == index.entries.count else { throw .corrupt("count", offset: place) }
        for ordinal in blocks.indices { try index.check(blocks[ordinal], ordinal: ordinal, of: fileHeader, archiveAt: place) }
    }
}

@Suite struct BlockSequenceTests {
    @Test(arguments: [0, 1, 2, 5]) func soundArchivesAreAccepted(blockCount: Int) throws {
        let archive = SampleArchive(blockCount: blockCount, seed: 1)
        #expect(archive.index.entries.count == blockCount)
        try archive.readInOrder()
        try archive.readByIndex()
    }

    private struct Change {
        var name: String
        var change: (inout SampleArchive) -> Void

        init(_ name: String, _ change: @escaping (inout SampleArchive) -> Void) {
            self.name = name
            self.change = change
        }
    }

    @Test func whatDoesNotBelongIsRefusedByBothReaders() {
        let other = SampleArchive(blockCount: 4, seed: 2)
        let longer = SampleArchive(blockCount: 5, seed: 1)
        let changes = [
            Change("repeated") { $0.blocks.insert($0.blocks[1], at: 1) },
            Change("missing first") { $0.blocks.removeFirst() },
            Change("missing middle") { $0.blocks.remove(at: 2) },
            Change("missing last") { $0.blocks.removeLast() },
            Change("swapped") { $0.blocks.swapAt(1, 2) },
            Change("foreign block") { $0.blocks[1] = other.blocks[1] },
            Change("foreign last block") { $0.blocks[3] = other.blocks[3] },
            Change("foreign file header") { $0.fileHeader = other.fileHeader },
            Change("foreign index") { $0.index = other.index },
            Change("foreign footer") { $0.footer = other.footer },
            Change("index of a longer archive with equal start") { $0.index = longer.index },
            Change("footer of a longer archive with equal start") { $0.footer = longer.footer },
            Change("final flag early") { $0.blocks[2].isFinal = true },
            Change("no final flag") { $0.blocks[3].isFinal = false },
            Change("link") { $0.blocks[2].link ^= 1 },
            Change("raw offset") { $0.blocks[2].rawOffset += 1 },
            Change("chunk size") { $0.fileHeader.chunkSize += 1 },
            Change("raw hash") { $0.blocks[3].rawHash ^= 1 },
            Change("stored hash") { $0.blocks[3].storedHash ^= 1 },
            Change("stored size") { $0.blocks[3].storedSize += 1 },
            Change("pipeline") { $0.blocks[3].pipeline.parameters[0] ^= 1 },
            Change("index lacks last") { $0.index.entries.removeLast() },
            Change("index is empty") { $0.index.entries = [] },
            Change("index raw hash") { $0.index.entries[1].rawHash ^= 1 },
            Change("index header hash") { $0.index.entries[1].headerHash ^= 1 },
            Change("index link") { $0.index.link ^= 1 },
            Change("index id") { $0.index.archiveIDLow ^= 1 },
            Change("index section that the footer does not count") { $0.index.sections = [.init(type: 1, bytes: [])] },
            Change("footer id, high word") { $0.footer.archiveID.high ^= 1 },
            Change("root digest") { $0.footer.rootDigest.high ^= 1 },
            Change("total") { $0.footer.totalRawSize -= 1 },
            Change("count") { $0.footer.blockCount -= 1 },
            Change("index offset") { $0.footer.indexOffset += 1 },
            Change("index size") { $0.footer.indexSize += 1 },
        ]
        for change in changes {
            var archive = SampleArchive(blockCount: 4, seed: 1)
            change.change(&archive)
            #expect(throws: FormatError.self, "\(change.name), in order") { try archive.readInOrder() }
            #expect(throws: FormatError.self, "\(change.name), by index") { try archive.readByIndex() }
        }
    }

    @Test func blocksKeepToTheChunkSize() throws {
        var sequence = BlockSequence(Samples.fileHeader, at: place)
        var block = Samples.blockHeader
        (block.ordinal, block.rawOffset, block.link) = (0, 0, Samples.fileHeader.hash)
        block.rawSize = Samples.fileHeader.chunkSize + 1
        #expect(throws: FormatError.corrupt("block 0 has more raw bytes than the archive's chunk size", offset: place + 64 + 56)) {
            try sequence.append(block)
        }
        block.rawSize -= 1
        try sequence.append(block)
    }

    @Test func emptyArchivesOfOneKindStillLinkToTheirHeader() {
        var archive = SampleArchive(blockCount: 0, seed: 1)
        archive.index.link ^= 1
        #expect(throws: FormatError.self) { try archive.readInOrder() }
        #expect(throws: FormatError.self) { try archive.readByIndex() }
    }
}
