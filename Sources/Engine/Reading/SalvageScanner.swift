internal import Codecs
internal import Format
internal import KernelDispatch

/// Finds file headers, blocks, indexes and footers anywhere in an input, each by itself.
struct SalvageScanner {
    struct FoundBlock {
        var header: BlockHeader
        var hash: UInt64
        var offset: UInt64
    }

    struct FoundIndex {
        var index: BlockIndex
        var offset: UInt64
        var hasFooter: Bool

        /// Index and footer.
        var range: Range<UInt64> { offset..<offset + UInt64(index.size + (hasFooter ? Footer.size : 0)) }
    }

    struct FoundHeader {
        var archiveIDLow: UInt64
        var offset: UInt64

        var range: Range<UInt64> { offset..<offset + UInt64(FileHeader.size) }
    }

    private static let window = 1 << 20

    private let input: any RandomAccessInput
    private let memory = ScratchArena()
    private let buffer: UnsafeMutableRawBufferPointer

    private(set) var blocks: [FoundBlock] = []
    private(set) var indexes: [FoundIndex] = []
    private(set) var fileHeaders: [FoundHeader] = []

    /// Scans the whole input.
    init(_ input: any RandomAccessInput) throws(EngineError) {
        self.input = input
        buffer = try memory.take(Self.window)
        var position: UInt64 = 0
        while let (landmark, offset) = try nextLandmark(from: position) {
            position = offset + UInt64(Landmark.size)
            switch landmark {
            case .block: if let block = try block(at: offset) { position = try accept(block) }
            case .index:
                if let index = try index(at: offset) {
                    indexes.append(index)
                    position = index.range.upperBound
                }
            case .fileHeader:
                if let header = try fileHeader(at: offset) {
                    fileHeaders.append(header)
                    position = header.range.upperBound
                }
            case .other: break
            }
        }
    }

    private func nextLandmark(from start: UInt64) throws(EngineError) -> (Landmark, UInt64)? {
        var offset = start
        while true {
            let count = try input.read(at: offset, into: buffer)
            if count < Landmark.size { return nil }
            if let place = Self.firstLandmark(UnsafeRawBufferPointer(rebasing: buffer[..<count])) {
                return (Landmark(UnsafeRawBufferPointer(rebasing: buffer[place..<count])), offset + UInt64(place))
            }
            // A landmark may lie across the window's end.
            offset += UInt64(count - Landmark.size + 1)
        }
    }

    private static func firstLandmark(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let start = bytes.baseAddress!
        var place = 0
        while place <= bytes.count - Landmark.size {
            let word = UInt64(littleEndian: start.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            if word == BlockHeader.syncMarker || word == BlockIndex.magic || word == FileHeader.magic { return place }
            place += 1
        }
        return nil
    }

    private func block(at offset: UInt64) throws(EngineError) -> FoundBlock? {
        let bytes = try input.read(at: offset, count: BlockHeader.maximumSize)
        guard let header = try? decode(bytes, at: offset, BlockHeader.init(decoding:at:)) else { return nil }
        guard UInt64(header.span) <= input.size - offset else { return nil }
        return FoundBlock(header: header, hash: header.hash, offset: offset)
    }

    /// Notes the block and tells where to go on.
    ///
    /// Where another landmark follows it, its payload is passed over unread: archives within archives are not taken for blocks of
    /// their own. Otherwise its end is in doubt, and only a payload that matches its hash makes it count.
    private mutating func accept(_ block: FoundBlock) throws(EngineError) -> UInt64 {
        let end = block.offset + UInt64(block.header.span)
        let following = try input.read(at: end, count: Landmark.size)
        if following.withUnsafeBytes({ Landmark($0) }) != .other {
            blocks.append(block)
            return end
        }
        let payload = try input.read(at: end - UInt64(block.header.storedSize), count: block.header.storedSize)
        let hash = payload.withUnsafeBytes(KernelSet.current.hash64)
        guard hash == block.header.storedHash else { return block.offset + UInt64(Landmark.size) }
        blocks.append(block)
        return end
    }

    private func index(at offset: UInt64) throws(EngineError) -> FoundIndex? {
        let prefix = try input.read(at: offset, count: BlockIndex.prefixSize)
        guard let size = try? decode(prefix, at: offset, BlockIndex.size(prefix:at:)), UInt64(size) <= input.size - offset
        else { return nil }
        let bytes = try input.read(at: offset, count: size)
        guard let index = try? decode(bytes, at: offset, BlockIndex.init(decoding:at:)) else { return nil }
        let end = offset + UInt64(size)
        // Read by itself: that it cannot be read does not make it damaged.
        let tail = try input.read(at: end, count: Footer.size)
        let footer = try? decode(tail, at: end, Footer.init(decoding:at:))
        return FoundIndex(index: index, offset: offset, hasFooter: footer.map { $0 == Footer(index, archiveID: $0.archiveID) } ?? false)
    }

    private func fileHeader(at offset: UInt64) throws(EngineError) -> FoundHeader? {
        let bytes = try input.read(at: offset, count: FileHeader.size)
        guard let header = try? decode(bytes, at: offset, FileHeader.init(decoding:at:)) else { return nil }
        return FoundHeader(archiveIDLow: header.archiveID.low, offset: offset)
    }
}
