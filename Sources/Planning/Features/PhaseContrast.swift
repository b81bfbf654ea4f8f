// Whether bytes at different places of an element are of different kinds, told without a guess of the element's width: the bytes are
// counted by their position modulo eight, which every width divides, and equal pairs within a position are compared with equal pairs at
// large. Zeros do not count: they would hide all else in a pruned tensor. It costs a tenth of what splitting into planes does, and spares
// text and noise the rest.

internal import Codecs

/// How much more probable it is that two bytes, neither of them zero, are equal at positions that agree modulo 8 than at any: about 1 where
/// position means nothing, and for fewer than 256 such bytes.
func phaseContrast(_ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Double {
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    let rows = bytes.count / PhaseCounts.phases
    let memory = try scratch.allocate(PhaseCounts.size)
    guard let start = bytes.baseAddress, let counts = memory.baseAddress else { return 1 }
    let pairs = PhaseCounts.pairs(start, rows, counts.assumingMemoryBound(to: UInt32.self))
    guard pairs.equal > 0, pairs.equalWithin > 0, pairs.all >= 256 * 255 else { return 1 }
    return Double(pairs.equalWithin) / Double(pairs.within) * Double(pairs.all) / Double(pairs.equal)
}

private enum PhaseCounts {
    static let phases = 8
    /// A table of 256 32-bit counters for each phase.
    static let size = phases * 256 * MemoryLayout<UInt32>.size

    /// Ordered pairs of bytes that are not zero: all of them, those at positions that agree modulo 8, and of both those that are equal.
    struct Pairs {
        var all = 0
        var within = 0
        var equal = 0
        var equalWithin = 0
    }

    /// Preconditions: `bytes` has `8 * rows` readable bytes, fewer than 2^31; `counts` has ``size`` bytes, whatever they are.
    static func pairs(_ bytes: UnsafeRawPointer, _ rows: Int, _ counts: UnsafeMutablePointer<UInt32>) -> Pairs {
        counts.update(repeating: 0, count: phases &* 256)
        var row = 0
        while row < rows {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 &* row, as: UInt64.self))
            var phase = 0
            while phase < phases {
                counts[phase &<< 8 | Int(word &>> UInt64(8 &* phase) & 0xFF)] &+= 1
                phase &+= 1
            }
            row &+= 1
        }
        var pairs = Pairs()
        var total = 0
        var value = 1
        while value < 256 {
            var sum = 0
            var phase = 0
            while phase < phases {
                let count = Int(counts[phase &<< 8 | value])
                pairs.equalWithin &+= count &* (count &- 1)
                sum &+= count
                phase &+= 1
            }
            pairs.equal &+= sum &* (sum &- 1)
            total &+= sum
            value &+= 1
        }
        pairs.all = total &* (total &- 1)
        var phase = 0
        while phase < phases {
            let count = rows &- Int(counts[phase &<< 8])
            pairs.within &+= count &* (count &- 1)
            phase &+= 1
        }
        return pairs
    }
}
