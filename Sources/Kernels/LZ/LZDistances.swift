/// From offset classes and bits to distances.
package enum LZDistances {
    /// Fills the batch's new distances for the next `count` tokens, which stay where they are, and takes what they need from the
    /// streams of offsets. Each is at least 1 and below 2^29. Preconditions: `1 <= count <= LZBatch.capacity`, and so many tokens are left.
    ///
    /// - Throws: `offsetsCutOff`, `badClass`, `offsetLowCutOff`, `offsetBitsCutOff`.
    package typealias Expand = @Sendable (inout LZInput, LZBatch, Int) throws(LZFault) -> Void

    /// Fills the batch's distances for the next `count` tokens from the new distances and the history. May overwrite new
    /// distances. Preconditions as for ``Expand``, which comes before.
    package typealias Resolve = @Sendable (inout LZInput, LZBatch, Int) -> Void

    package static func expand(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
        let tokens = input.tokens.at
        var new = 0
        var index = 0
        while index < count {
            new = new &+ (tokens.load(fromByteOffset: index, as: UInt8.self) < 1 &<< UInt8(LZLayout.repeatShift) ? 1 : 0)
            index = index &+ 1
        }
        if new > input.offsets.left { throw .offsetsCutOff }
        try expandNew(&input, batch, new)
    }

    /// The next `count` new distances.
    private static func expandNew(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
        let lowBits = input.lowBits
        let offsets = input.offsets.at
        var offsetLow = input.offsetLow
        let bits = input.offsetBits.at
        let bitsLeft = 8 &* input.offsetBits.left
        let target = batch.newDistances
        var bitPosition = input.bitOffset
        var index = 0
        while index < count {
            let offsetClass = Int(offsets.load(fromByteOffset: index, as: UInt8.self))
            if offsetClass == 0 || offsetClass > LZLayout.maximumClass { throw .badClass }
            let extra = max(0, offsetClass &>> 3 &- 1)
            let top = offsetClass &- 8 &* extra
            let hasLow = extra >= lowBits && lowBits > 0
            let split = hasLow ? lowBits : 0
            let low = Int(offsetLow.at.load(as: UInt8.self)) & (hasLow ? -1 : 0)
            offsetLow.at += hasLow ? 1 : 0
            // 7 bits taken already and 25 of the distance: all in 32.
            let window = UInt32(littleEndian: bits.loadUnaligned(fromByteOffset: bitPosition &>> 3, as: UInt32.self))
            let middle = Int(window &>> UInt32(truncatingIfNeeded: bitPosition & 7)) & ((1 &<< (extra &- split)) &- 1)
            bitPosition = bitPosition &+ (extra &- split)
            if low &>> lowBits != 0 || offsetLow.at > offsetLow.end { throw .offsetLowCutOff }
            if bitPosition > bitsLeft { throw .offsetBitsCutOff }
            target[index] = UInt32(truncatingIfNeeded: top &<< extra | middle &<< split | low)
            index = index &+ 1
        }
        input.offsets.at += count
        input.offsetLow = offsetLow
        input.offsetBits.at += bitPosition &>> 3
        input.bitOffset = bitPosition & 7
    }

    // Four tokens at a time: the history is written in front of the new distances that come next, over ones that are used, and a table
    // says at which of these places each token's distance is.

    package static func resolve(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) {
        let table = LZTables.repeats
        let tokens = input.tokens.at
        let distances = batch.distances
        var places = batch.newDistances - 3
        var history = input.history
        var index = 0
        while index &+ 4 <= count {
            let fields = UInt32(littleEndian: tokens.loadUnaligned(fromByteOffset: index, as: UInt32.self)) &>> 6 & 0x0303_0303
            // Brings the four fields together in the top byte.
            let row = (table + Int((fields &* 0x0104_1040) &>> 24) &* 8).assumingMemoryBound(to: UInt8.self)
            places[0] = history.first
            places[1] = history.second
            places[2] = history.third
            history = LZHistory(first: places[Int(row[0])], second: places[Int(row[1])], third: places[Int(row[2])])
            distances[index] = places[Int(row[4])]
            distances[index &+ 1] = places[Int(row[5])]
            distances[index &+ 2] = places[Int(row[6])]
            distances[index &+ 3] = places[Int(row[7])]
            places += Int(row[3]) &>> 3
            index = index &+ 4
        }
        input.history = history
        resolve(&input, batch, index, count, new: places + 3)
    }

    /// As ``resolve(_:_:_:)`` for the tokens `start ..< end` alone; those before used the new ones before `new`.
    package static func resolve(_ input: inout LZInput, _ batch: LZBatch, _ start: Int, _ end: Int, new: UnsafePointer<UInt32>) {
        let tokens = input.tokens.at
        var next = new
        var index = start
        while index < end {
            let place = Int(tokens.load(fromByteOffset: index, as: UInt8.self) &>> UInt8(LZLayout.repeatShift))
            batch.distances[index] = input.history.take(place, new: next.pointee)
            next += place == 0 ? 1 : 0
            index = index &+ 1
        }
    }
}
