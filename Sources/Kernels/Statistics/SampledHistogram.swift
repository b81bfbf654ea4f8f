internal import CIntrinsics

/// Counts of byte values in a sample: one cache line out of each window of three.
///
/// Which one is a fixed pseudo-random choice, so that no period in the bytes, such as the length of a table's rows, meets the
/// sample at the same place every time. Short pieces make the sample more like the whole than long ones of the same sum.
/// The sample comes in two parts, of which the first is small and spread over all the bytes, too.
package enum SampledHistogram {
    private static let line = 64
    private static let window = 3 * line
    /// Lines of the first part, about: 4 KiB.
    private static let firstLines = 62

    /// Lines that are asked for ahead: the processor does not foresee where the next ones are.
    private static let ahead = 16

    /// Bytes of both parts together.
    package static func size(of count: Int) -> Int { count / window * line }

    /// Counts the first part.
    ///
    /// Preconditions: those of ``Histogram/Count``.
    /// - Returns: how many bytes it has.
    package static func countFirst(_ bytes: UnsafeRawPointer, count: Int, into tables: UnsafeMutablePointer<UInt32>) -> Int {
        Histogram.clear(tables)
        let windows = count / window
        let stride = stride(windows)
        var at = 0
        var size = 0
        while at < windows {
            prefetch_line(lineOfWindow(at &+ ahead &* stride, bytes))
            Histogram.add(lineOfWindow(at, bytes), line, to: tables)
            at &+= stride
            size &+= line
        }
        Histogram.sum(tables)
        return size
    }

    /// Adds the second part to the counters that ``countFirst(_:count:into:)`` has left.
    package static func addRest(_ bytes: UnsafeRawPointer, count: Int, to tables: UnsafeMutablePointer<UInt32>) {
        let windows = count / window
        let stride = stride(windows)
        var first = 0
        while first < windows {
            let end = min(first &+ stride, windows)
            var at = first &+ 1
            while at < end {
                prefetch_line(lineOfWindow(at &+ ahead, bytes))
                Histogram.add(lineOfWindow(at, bytes), line, to: tables)
                at &+= 1
            }
            first = end
        }
        Histogram.sum(tables)
    }

    private static func stride(_ windows: Int) -> Int { max(1, windows / firstLines) }

    /// The multiplier is 2^32 divided by the golden ratio; the product's low 32 bits, scaled to 0, 1 or 2, choose the line.
    @inline(__always)
    private static func lineOfWindow(_ index: Int, _ bytes: UnsafeRawPointer) -> UnsafeRawPointer {
        let mixed = (index &* 0x9E37_79B1) & 0xFFFF_FFFF
        return bytes + (index &* window &+ line &* ((mixed &* 3) &>> 32))
    }
}
