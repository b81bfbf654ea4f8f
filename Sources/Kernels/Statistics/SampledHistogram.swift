internal import CIntrinsics

/// Counts of byte values in a sample: one cache line out of each window of four.
///
/// Which one is a fixed pseudo-random choice, so that no period in the bytes, such as the length of a table's rows, meets the
/// sample at the same place every time. Short pieces make the sample more like the whole than long ones of the same sum.
/// The sample comes in two parts, both of them spread over all the bytes, so that a caller can stop after the first.
package enum SampledHistogram {
    private static let line = 64
    private static let linesPerWindow = 4
    /// Lines of the first part, about: 4 KiB.
    private static let firstLines = 62
    /// Windows that are asked for ahead.
    private static let ahead = 16

    /// Counts the first part.
    ///
    /// Preconditions: those of ``Histogram/count(_:count:into:)``.
    /// - Returns: how many bytes it has.
    package static func countFirst(_ bytes: UnsafeRawPointer, count: Int, into tables: UnsafeMutablePointer<UInt32>) -> Int {
        Histogram.clear(tables)
        let windows = count / (linesPerWindow &* line)
        let stride = stride(windows)
        // The processor does not foresee where these lines are.
        var next = 0
        while next < windows {
            prefetch_line(bytes + offset(of: next))
            next &+= stride
        }
        var size = 0
        var at = 0
        while at < windows {
            Histogram.add(bytes + offset(of: at), line, to: tables)
            size &+= line
            at &+= stride
        }
        Histogram.sum(tables)
        return size
    }

    /// Adds the second part, which makes it a quarter of the bytes, to the counters that ``countFirst(_:count:into:)`` has left.
    ///
    /// Asks for all lines ahead, not for the sample's alone: counting leaves the memory idle, and who needs the sample is going to
    /// read the rest.
    /// - Returns: how many bytes it has.
    package static func addRest(_ bytes: UnsafeRawPointer, count: Int, to tables: UnsafeMutablePointer<UInt32>) -> Int {
        let windows = count / (linesPerWindow &* line)
        let stride = stride(windows)
        var size = 0
        var first = 0
        while first < windows {
            let end = min(first &+ stride, windows)
            var at = first &+ 1
            while at < end {
                let next = bytes + (at &+ ahead) &* linesPerWindow &* line
                prefetch_line(next)
                prefetch_line(next + line)
                prefetch_line(next + 2 &* line)
                prefetch_line(next + 3 &* line)
                Histogram.add(bytes + offset(of: at), line, to: tables)
                size &+= line
                at &+= 1
            }
            first = end
        }
        Histogram.sum(tables)
        return size
    }

    private static func stride(_ windows: Int) -> Int { max(1, windows / firstLines) }

    /// Where a window's line begins: the two highest bits of the index times 2^32 divided by the golden ratio, modulo 2^32, say
    /// which line it is.
    @inline(__always)
    private static func offset(of window: Int) -> Int {
        let choice = (window &* 0x9E37_79B1) &>> 30 & (linesPerWindow &- 1)
        return (window &* linesPerWindow &+ choice) &* line
    }
}
