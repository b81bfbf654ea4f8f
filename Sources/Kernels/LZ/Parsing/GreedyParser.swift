/// One hash table of four-byte sequences, no chains, every match taken as it is found.
package enum GreedyParser {
    /// Bytes of workspace, 64-byte aligned: a table of positions.
    package static func workspaceSize(_ settings: LZSettings) -> Int { 4 << settings.hashLogarithm }

    /// Fills `sequences`, which has room for `count / minimumMatch + 1`, with a parse of `input`, behind which 16 bytes can be read.
    ///
    /// - Returns: how many sequences there are.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings, _ workspace: UnsafeMutableRawPointer,
        _ sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        let table = workspace.bindMemory(to: UInt32.self, capacity: 1 << settings.hashLogarithm)
        table.update(repeating: 0, count: 1 << settings.hashLogarithm)
        let bytes = UnsafeRawPointer(input)
        let shift = UInt32(32 - settings.hashLogarithm)
        var found = 0
        var anchor = 0
        var at = 1
        while at &+ 4 <= count {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
            let entry = table + Int((UInt32(littleEndian: word) &* 0x9E37_79B1) &>> shift)
            let earlier = Int(entry.pointee)
            entry.pointee = UInt32(truncatingIfNeeded: at)
            let isMatch = bytes.loadUnaligned(fromByteOffset: earlier, as: UInt32.self) == word
            let length = isMatch ? 4 &+ CommonPrefix.length(bytes + at + 4, bytes + earlier + 4, count &- at &- 4) : 0
            if length < settings.minimumMatch {
                at = at &+ 1 &+ (at &- anchor) &>> 6
                continue
            }
            sequences[found] = LZSequence(
                literalCount: UInt32(truncatingIfNeeded: at &- anchor), matchCount: UInt32(truncatingIfNeeded: length),
                distance: UInt32(truncatingIfNeeded: at &- earlier))
            found = found &+ 1
            at = at &+ length
            anchor = at
        }
        return found
    }
}
