import Bytes
import Checksum
import Testing

@testable import Format

@Suite struct RoundTripTests {
    @Test func fileHeader() throws {
        var header = Samples.fileHeader
        for chunkSize in [FormatLimits.minimumBlockSize, 5000, FormatLimits.maximumBlockSize] {
            for flags in [0, 1, UInt64.max] {
                header.chunkSize = chunkSize
                header.optionalFlags = flags
                let (bytes, hash) = header.encoded()
                #expect(bytes.count == FileHeader.size)
                let decoded = try success(bytes) { buffer throws(FormatError) in try FileHeader(decoding: buffer, at: place) }
                #expect(decoded == header)
                #expect(decoded.hash == hash)
            }
        }
    }

    @Test(arguments: [PipelineDescriptor.stored, Samples.tree])
    func blockHeader(pipeline: PipelineDescriptor) throws {
        var header = Samples.blockHeader
        header.pipeline = pipeline
        if pipeline == .stored {
            header.storedSize = header.rawSize
            header.storedHash = header.rawHash
        }
        for isFinal in [false, true] {
            header.isFinal = isFinal
            let (bytes, hash) = header.encoded()
            #expect(bytes.count == header.size)
            let size = try success(bytes) { buffer throws(FormatError) in try BlockHeader.size(prefix: buffer, at: place) }
            #expect(size == bytes.count)
            let decoded = try success(bytes) { buffer throws(FormatError) in try BlockHeader(decoding: buffer, at: place) }
            #expect(decoded == header)
            #expect(decoded.hash == hash)
        }
    }

    /// Written when an input ends earlier than it had announced.
    @Test func emptyFinalBlock() throws {
        let header = BlockHeader(
            archiveIDLow: 1, link: 2, ordinal: 1, rawOffset: 4096, rawSize: 0, storedSize: 0, isFinal: true, pipeline: .stored,
            rawHash: 5, storedHash: 5)
        #expect(try success(header.encoded().bytes) { b throws(FormatError) in try BlockHeader(decoding: b, at: 0) } == header)
    }

    @Test func index() throws {
        let samples = [
            Samples.index, Samples.index(sizes: []), Samples.index(sizes: [(1, 84)]), Samples.index(sizes: [(9, 90), (0, 83)]),
            Samples.index(sizes: [(512 << 20, 512 << 20 + 335)]),
        ]
        for index in samples {
            let bytes = index.encoded()
            #expect(bytes.count == index.size)
            let size = try success(bytes) { buffer throws(FormatError) in try BlockIndex.size(prefix: buffer, at: place) }
            #expect(size == bytes.count)
            #expect(try success(bytes) { b throws(FormatError) in try BlockIndex(decoding: b, at: place) } == index)
        }
    }

    @Test func footer() throws {
        let bytes = Samples.footer.encoded()
        #expect(bytes.count == Footer.size)
        let decoded = try success(bytes) { buffer throws(FormatError) in try Footer(decoding: buffer, at: place) }
        #expect(decoded == Samples.footer)
        #expect(decoded.archiveLength == 100_304)
        #expect(decoded.archiveStart(footerAt: place) == place - 100_208)
    }

    @Test func bytesAfterTheStructureAreNotLookedAt() throws {
        let header = Samples.blockHeader
        let bytes = header.encoded().bytes + [1, 2, 3]
        #expect(try success(bytes) { b throws(FormatError) in try BlockHeader(decoding: b, at: 0) } == header)
    }

    @Test func archiveID() {
        let id = ArchiveID.derive(chunkSize: 4096, firstBlockHash: 1)
        #expect(id == ArchiveID.derive(chunkSize: 4096, firstBlockHash: 1))
        #expect(id != ArchiveID.derive(chunkSize: 4096, firstBlockHash: 2))
        #expect(id != ArchiveID.derive(chunkSize: 4097, firstBlockHash: 1))
        #expect(ArchiveID.derive(chunkSize: 4096, firstBlockHash: nil) == ArchiveID.derive(chunkSize: 4096, firstBlockHash: 0))
        #expect(ArchiveID(low: 1, high: 0xFF00_0000_0000_0002).description == "010000000000000002000000000000ff")
    }

    @Test func landmarks() {
        func landmark(_ bytes: [UInt8]) -> Landmark { bytes.withUnsafeBytes { Landmark($0) } }
        #expect(landmark(Samples.blockHeader.encoded().bytes) == .block)
        #expect(landmark(Samples.index.encoded()) == .index)
        #expect(landmark(Samples.fileHeader.encoded().bytes) == .fileHeader)
        #expect(landmark(Samples.footer.encoded()) == .other)
        #expect(landmark(Array(BlockHeader.syncMarkerBytes.dropLast())) == .other)
        #expect(landmark(BlockHeader.syncMarkerBytes) == .block)
        #expect(landmark(BlockIndex.magicBytes) == .index)
        #expect(landmark(FileHeader.magicBytes) == .fileHeader)
        #expect(Samples.footer.encoded().suffix(8) == Footer.magicBytes[...])
    }
}
