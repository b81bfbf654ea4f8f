/// From offset classes and bits to distances.
package enum LZDistances {
    /// Fills the batch's distances for the next `count` tokens, which stay where they are, and takes what they need from the streams
    /// of offsets. Distances are at least 1, and below 2^26 or from the history; whether they lie in the block is not known here.
    /// Preconditions: `1 <= count <= LZBatch.capacity`, and so many tokens are left.
    ///
    /// - Throws: `offsetsCutOff`, `badClass`, `offsetLowCutOff`, `offsetBitsCutOff`.
    package typealias Expand = @Sendable (inout LZInput, LZBatch, Int) throws(LZFault) -> Void

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
        resolve(&input, batch, 0, count, new: batch.newDistances)
    }

    /// The next `count` new distances.
    private static func expandNew(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
        let lowBits = input.lowBits
        var bitPosition = input.bitOffset
        let bits = input.offsetBits.at
        let bitsLeft = 8 &* input.offsetBits.left
        var index = 0
        while index < count {
            let offsetClass = Int(input.offsets.at.load(fromByteOffset: index, as: UInt8.self))
            if offsetClass == 0 || offsetClass > LZLayout.maximumClass { throw .badClass }
            let extra = max(0, offsetClass &>> 3 &- 1)
            let top = offsetClass &- 8 &* extra
            let split = extra >= lowBits ? lowBits : 0
            let low = split > 0 ? Int(input.offsetLow.at.load(as: UInt8.self)) : 0
            input.offsetLow.at += split > 0 ? 1 : 0
            // 7 bits taken already and 22 of the distance: all in 32.
            let window = UInt32(littleEndian: bits.loadUnaligned(fromByteOffset: bitPosition &>> 3, as: UInt32.self))
            let middle = Int(window &>> UInt32(truncatingIfNeeded: bitPosition & 7)) & (1 &<< (extra &- split) &- 1)
            bitPosition = bitPosition &+ (extra &- split)
            if low &>> lowBits != 0 || input.offsetLow.left < 0 { throw .offsetLowCutOff }
            if bitPosition > bitsLeft { throw .offsetBitsCutOff }
            batch.newDistances[index] = UInt32(truncatingIfNeeded: top &<< extra | middle &<< split | low)
            index = index &+ 1
        }
        input.offsets.at += count
        input.offsetBits.at += bitPosition &>> 3
        input.bitOffset = bitPosition & 7
    }

    /// Puts new and repeated distances in the order of their tokens, for the tokens `start ..< end`; those before used the
    /// new ones before `new`.
    package static func resolve(_ input: inout LZInput, _ batch: LZBatch, _ start: Int, _ end: Int, new: UnsafePointer<UInt32>) {
        let tokens = input.tokens.at
        var history = input.history
        var next = new
        var index = start
        while index < end {
            let place = Int(tokens.load(fromByteOffset: index, as: UInt8.self) &>> UInt8(LZLayout.repeatShift))
            batch.distances[index] = history.take(place, new: next.pointee)
            next += place == 0 ? 1 : 0
            index = index &+ 1
        }
        input.history = history
    }
}
