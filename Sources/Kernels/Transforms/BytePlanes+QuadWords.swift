// Eight elements of eight bytes are a square of bytes, turned by three rounds of swaps within 64-bit registers: bytes within pairs of
// elements, pairs of bytes within fours, fours within eights. No vector has room for more of them before its lanes get narrow.

extension BytePlanes {
    /// ``Split`` of 8-byte elements.
    static func splitQuadWords(
        _ elements: UnsafeRawPointer, _ start: Int, _ count: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
    ) {
        let turn = UInt64(truncatingIfNeeded: rotation)
        var at = start
        while at &+ 8 <= count {
            var square = Square(elements + 8 &* at, turn)
            square.transpose()
            square.store(planes, at)
            at &+= 8
        }
        while at < count {
            let element = rotated(elements.loadUnaligned(fromByteOffset: 8 &* at, as: UInt64.self), turn)
            var plane = 0
            while plane < 8 {
                planes[plane].storeBytes(of: UInt8(truncatingIfNeeded: element &>> (8 &* plane)), toByteOffset: at, as: UInt8.self)
                plane &+= 1
            }
            at &+= 1
        }
    }

    /// ``Join`` of 8-byte elements.
    static func joinQuadWords(
        _ planes: UnsafePointer<UnsafeRawPointer>, _ start: Int, _ count: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
    ) {
        // To the right by the same.
        let turn = 64 &- UInt64(truncatingIfNeeded: rotation)
        var at = start
        while at &+ 8 <= count {
            var square = Square(planes, at)
            square.transpose()
            square.store(elements + 8 &* at, turn)
            at &+= 8
        }
        while at < count {
            var element: UInt64 = 0
            var plane = 0
            while plane < 8 {
                element |= UInt64(planes[plane].load(fromByteOffset: at, as: UInt8.self)) &<< UInt64(8 &* plane)
                plane &+= 1
            }
            elements.storeBytes(of: rotated(element, turn), toByteOffset: 8 &* at, as: UInt64.self)
            at &+= 1
        }
    }

    /// To the left by `turn` bits, modulo 64.
    @inline(__always)
    fileprivate static func rotated(_ element: UInt64, _ turn: UInt64) -> UInt64 { element &<< turn | element &>> (0 &- turn) }
}

/// Eight rows of eight bytes.
private struct Square {
    var row0, row1, row2, row3, row4, row5, row6, row7: UInt64

    /// Eight elements, rotated left.
    @inline(__always)
    init(_ elements: UnsafeRawPointer, _ turn: UInt64) {
        row0 = BytePlanes.rotated(elements.loadUnaligned(as: UInt64.self), turn)
        row1 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 8, as: UInt64.self), turn)
        row2 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 16, as: UInt64.self), turn)
        row3 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 24, as: UInt64.self), turn)
        row4 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 32, as: UInt64.self), turn)
        row5 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 40, as: UInt64.self), turn)
        row6 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 48, as: UInt64.self), turn)
        row7 = BytePlanes.rotated(elements.loadUnaligned(fromByteOffset: 56, as: UInt64.self), turn)
    }

    /// Eight bytes of each plane.
    @inline(__always)
    init(_ planes: UnsafePointer<UnsafeRawPointer>, _ at: Int) {
        row0 = planes[0].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row1 = planes[1].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row2 = planes[2].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row3 = planes[3].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row4 = planes[4].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row5 = planes[5].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row6 = planes[6].loadUnaligned(fromByteOffset: at, as: UInt64.self)
        row7 = planes[7].loadUnaligned(fromByteOffset: at, as: UInt64.self)
    }

    @inline(__always)
    func store(_ planes: UnsafePointer<UnsafeMutableRawPointer>, _ at: Int) {
        planes[0].storeBytes(of: row0, toByteOffset: at, as: UInt64.self)
        planes[1].storeBytes(of: row1, toByteOffset: at, as: UInt64.self)
        planes[2].storeBytes(of: row2, toByteOffset: at, as: UInt64.self)
        planes[3].storeBytes(of: row3, toByteOffset: at, as: UInt64.self)
        planes[4].storeBytes(of: row4, toByteOffset: at, as: UInt64.self)
        planes[5].storeBytes(of: row5, toByteOffset: at, as: UInt64.self)
        planes[6].storeBytes(of: row6, toByteOffset: at, as: UInt64.self)
        planes[7].storeBytes(of: row7, toByteOffset: at, as: UInt64.self)
    }

    @inline(__always)
    func store(_ elements: UnsafeMutableRawPointer, _ turn: UInt64) {
        elements.storeBytes(of: BytePlanes.rotated(row0, turn), as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row1, turn), toByteOffset: 8, as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row2, turn), toByteOffset: 16, as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row3, turn), toByteOffset: 24, as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row4, turn), toByteOffset: 32, as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row5, turn), toByteOffset: 40, as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row6, turn), toByteOffset: 48, as: UInt64.self)
        elements.storeBytes(of: BytePlanes.rotated(row7, turn), toByteOffset: 56, as: UInt64.self)
    }

    @inline(__always)
    mutating func transpose() {
        Self.swap(&row0, &row1, 8, 0x00FF_00FF_00FF_00FF)
        Self.swap(&row2, &row3, 8, 0x00FF_00FF_00FF_00FF)
        Self.swap(&row4, &row5, 8, 0x00FF_00FF_00FF_00FF)
        Self.swap(&row6, &row7, 8, 0x00FF_00FF_00FF_00FF)
        Self.swap(&row0, &row2, 16, 0x0000_FFFF_0000_FFFF)
        Self.swap(&row1, &row3, 16, 0x0000_FFFF_0000_FFFF)
        Self.swap(&row4, &row6, 16, 0x0000_FFFF_0000_FFFF)
        Self.swap(&row5, &row7, 16, 0x0000_FFFF_0000_FFFF)
        Self.swap(&row0, &row4, 32, 0x0000_0000_FFFF_FFFF)
        Self.swap(&row1, &row5, 32, 0x0000_0000_FFFF_FFFF)
        Self.swap(&row2, &row6, 32, 0x0000_0000_FFFF_FFFF)
        Self.swap(&row3, &row7, 32, 0x0000_0000_FFFF_FFFF)
    }

    /// Exchanges what stands above the mask in `low` with what stands below it in `high`.
    @inline(__always)
    private static func swap(_ low: inout UInt64, _ high: inout UInt64, _ shift: UInt64, _ mask: UInt64) {
        let moved = (low &>> shift ^ high) & mask
        high ^= moved
        low ^= moved &<< shift
    }
}
