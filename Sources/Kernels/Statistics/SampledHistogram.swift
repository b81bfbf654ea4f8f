internal import CIntrinsics

/// Counts of byte values in a sample: one cache line out of each window of four, and in some windows a second one.
///
/// Which one is a fixed pseudo-random choice, so that no period in the bytes, such as the length of a table's rows, meets the
/// sample at the same place every time. Short pieces make the sample more like the whole than long ones of the same sum.
/// The sample comes in parts, each of them spread over all the bytes, so that a caller can stop after the first.
package enum SampledHistogram {
    private static let line = 64
    private static let linesPerWindow = 4
    /// Lines of the first part, about: 4 KiB.
    private static let firstLines = 62
    /// Every so many windows have a line in the third part: together with the quarter before it is a third of all lines.
    private static let extraStride = 3
    /// Lines that are asked for ahead: the processor does not foresee where the next ones are.
    private static let ahead = 16

    /// Counts the first part.
    ///
    /// Preconditions: those of ``Histogram/Count``.
    /// - Returns: how many bytes it has.
    package static func countFirst(_ bytes: UnsafeRawPointer, count: Int, into tables: UnsafeMutablePointer<UInt32>) -> Int {
        Histogram.clear(tables)
        let windows = count / (linesPerWindow &* line)
        return add(bytes, from: 0, to: windows, stride: stride(windows), shift: 0, tables)
    }

    /// Adds the second part, which makes it a quarter of the bytes, to the counters that ``countFirst(_:count:into:)`` has left.
    /// - Returns: how many bytes it has.
    package static func addRest(_ bytes: UnsafeRawPointer, count: Int, to tables: UnsafeMutablePointer<UInt32>) -> Int {
        let windows = count / (linesPerWindow &* line)
        let stride = stride(windows)
        var size = 0
        var first = 0
        while first < windows {
            let end = min(first &+ stride, windows)
            size &+= addLines(bytes, from: first &+ 1, to: end, stride: 1, shift: 0, tables)
            first = end
        }
        Histogram.sum(tables)
        return size
    }

    /// Adds a third part, which makes it a third of the bytes.
    /// - Returns: how many bytes it has.
    package static func addExtra(_ bytes: UnsafeRawPointer, count: Int, to tables: UnsafeMutablePointer<UInt32>) -> Int {
        add(bytes, from: 0, to: count / (linesPerWindow &* line), stride: extraStride, shift: 1, tables)
    }

    private static func stride(_ windows: Int) -> Int { max(1, windows / firstLines) }

    private static func add(
        _ bytes: UnsafeRawPointer, from first: Int, to end: Int, stride: Int, shift: Int, _ tables: UnsafeMutablePointer<UInt32>
    ) -> Int {
        let size = addLines(bytes, from: first, to: end, stride: stride, shift: shift, tables)
        Histogram.sum(tables)
        return size
    }

    /// Adds a line of every `stride`-th window. Returns the bytes of all of them.
    @inline(__always)
    private static func addLines(
        _ bytes: UnsafeRawPointer, from first: Int, to end: Int, stride: Int, shift: Int, _ tables: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var size = 0
        var at = first
        while at < end {
            prefetch_line(bytes + offset(of: at &+ ahead &* stride, shift: shift))
            Histogram.add(bytes + offset(of: at, shift: shift), line, to: tables)
            at &+= stride
            size &+= line
        }
        return size
    }

    /// Where a window's line begins: the two highest bits of the index times 2^32 divided by the golden ratio, modulo 2^32, say
    /// which line it is; `shift` takes one further on.
    @inline(__always)
    private static func offset(of window: Int, shift: Int) -> Int {
        let choice = ((window &* 0x9E37_79B1) &>> 30 &+ shift) & (linesPerWindow &- 1)
        return (window &* linesPerWindow &+ choice) &* line
    }
}
