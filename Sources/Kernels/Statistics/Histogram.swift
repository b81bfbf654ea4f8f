/// Exact counts of byte values.
///
/// Four tables take turns, so that a run of one value does not wait for its own last increment to leave the store buffer.
package enum Histogram {
    /// Bytes of workspace that ``count(_:count:into:)`` needs: four tables of 256 32-bit counters.
    package static let workspaceSize = 4 * 256 * MemoryLayout<UInt32>.size

    /// Counts the byte values of `bytes`.
    ///
    /// Preconditions: `count` is below 2^32; `tables` holds ``workspaceSize`` bytes, whatever they are. The result is the first
    /// 256 counters of `tables`.
    package static func count(_ bytes: UnsafeRawPointer, count: Int, into tables: UnsafeMutablePointer<UInt32>) {
        tables.update(repeating: 0, count: 4 * 256)
        let second = tables + 256
        let third = tables + 512
        let fourth = tables + 768
        var at = 0
        while at &+ 16 <= count {
            let low = bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            let high = bytes.loadUnaligned(fromByteOffset: at &+ 8, as: UInt64.self)
            addEight(low, tables, second, third, fourth)
            addEight(high, tables, second, third, fourth)
            at &+= 16
        }
        while at < count {
            tables[Int(bytes.load(fromByteOffset: at, as: UInt8.self))] &+= 1
            at &+= 1
        }
        var value = 0
        while value < 256 {
            tables[value] = tables[value] &+ second[value] &+ third[value] &+ fourth[value]
            value &+= 1
        }
    }

    @inline(__always)
    private static func addEight(
        _ word: UInt64, _ first: UnsafeMutablePointer<UInt32>, _ second: UnsafeMutablePointer<UInt32>,
        _ third: UnsafeMutablePointer<UInt32>, _ fourth: UnsafeMutablePointer<UInt32>
    ) {
        first[Int(word & 0xFF)] &+= 1
        second[Int(word &>> 8 & 0xFF)] &+= 1
        third[Int(word &>> 16 & 0xFF)] &+= 1
        fourth[Int(word &>> 24 & 0xFF)] &+= 1
        first[Int(word &>> 32 & 0xFF)] &+= 1
        second[Int(word &>> 40 & 0xFF)] &+= 1
        third[Int(word &>> 48 & 0xFF)] &+= 1
        fourth[Int(word &>> 56)] &+= 1
    }
}
