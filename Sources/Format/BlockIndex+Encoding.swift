internal import Bytes

extension BlockIndex {
    /// The index on disk.
    package func encoded() -> [UInt8] {
        precondition(zip(sections, sections.dropFirst()).allSatisfy { $0.type < $1.type }, "sections are in ascending order")
        var writer = ByteWriter(capacity: size)
        writer.write(Self.magic)
        writer.write(archiveIDLow)
        writer.write(UInt64(entries.count))
        writer.write(UInt64(size))
        writer.write(UInt32(sections.count))
        writer.write(UInt32(0))
        writer.write(link)
        writer.writeHash()
        for entry in entries { entry.encode(to: &writer) }
        for section in sections { section.encode(to: &writer) }
        writer.writeHash()
        return writer.bytes
    }
}

extension BlockIndex.Entry {
    func encode(to writer: inout ByteWriter) {
        writer.write(storedOffset)
        writer.write(rawOffset)
        writer.write(UInt32(rawSize))
        writer.write(UInt32(span))
        writer.write(rawHash)
        writer.write(storedHash)
        writer.write(headerHash)
    }
}

extension BlockIndex.Section {
    func encode(to writer: inout ByteWriter) {
        writer.write(type)
        writer.write(UInt16(mustBeUnderstood ? 1 : 0))
        writer.write(UInt32(0))
        writer.write(UInt64(bytes.count))
        writer.write(bytes)
    }
}
