internal import Engine

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension Comparison.Yardsticks {
    /// Copying more does not make the figure better; it is above every cache's size.
    private static let copySize = 64 << 20
    private static let copies = 5

    /// Measures them on the sample.
    /// - Parameter deviceFolder: where the device is tried, with a file that has no name.
    package static func measured(_ sample: [UInt8], deviceFolder: String) -> Comparison.Yardsticks {
        sample.withUnsafeBytes { bytes in
            let device = DeviceSpeed.measure(in: deviceFolder)
            return Comparison.Yardsticks(
                orderZeroEntropy: Entropy.orderZero(bytes), orderOneEntropy: Entropy.orderOne(bytes), memoryCopySpeed: copySpeed(bytes),
                deviceWriteSpeed: device?.writing, deviceReadSpeed: device?.reading)
        }
    }

    /// Bytes a second of memcpy on one core, the median of a few copies after the first.
    private static func copySpeed(_ bytes: UnsafeRawBufferPointer) -> Double {
        let size = min(bytes.count, copySize)
        guard size > 0 else { return 0 }
        let target = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
        defer { target.deallocate() }
        let timings = Interleaving(clock: .monotonic(), runs: copies).measure([
            {
                memcpy(target.baseAddress!, bytes.baseAddress!, size)
                return target[size - 1] == bytes[size - 1]
            }
        ])
        return timings[0]?.median.map { Double(size) / $0 * 1e9 } ?? 0
    }
}

/// How fast a folder's device takes bytes, until they are safe, and gives them back when they are not in memory.
enum DeviceSpeed {
    /// A quick device shows its speed with so much; a slow one has a second.
    private static let size = 64 << 20
    private static let piece = 4 << 20
    private static let timeLimit: UInt64 = 1_000_000_000

    /// Bytes a second. Nil when no file can be made there.
    static func measure(in folder: String) -> (writing: Double, reading: Double?)? {
        guard let file = unnamedFile(in: folder) else { return nil }
        defer { close(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 4096)
        defer { buffer.deallocate() }
        for index in 0..<(piece / 8) {
            // No two blocks are alike, for devices that compress.
            buffer.storeBytes(of: UInt64(index) &* 0x9E37_79B9_7F4A_7C15, toByteOffset: index * 8, as: UInt64.self)
        }
        let start = Clock.nanoseconds()
        guard let written = write(buffer, to: file, since: start), fsync(file) == 0 else { return nil }
        return (Double(written) / seconds(since: start), reading(buffer, written, from: file))
    }

    private static func write(_ buffer: UnsafeMutableRawBufferPointer, to file: Int32, since start: UInt64) -> Int? {
        var written = 0
        while written < size, Clock.nanoseconds() - start < timeLimit {
            guard (try? Descriptor(file).write([UnsafeRawBufferPointer(buffer)])) != nil else { return nil }
            written += buffer.count
        }
        return written
    }

    /// Nil where the system cannot be asked to forget what it has in memory.
    private static func reading(_ buffer: UnsafeMutableRawBufferPointer, _ written: Int, from file: Int32) -> Double? {
        #if canImport(Darwin)
            return nil
        #else
            guard posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED) == 0 else { return nil }
            let start = Clock.nanoseconds()
            var offset = 0
            while offset < written, Clock.nanoseconds() - start < timeLimit {
                guard (try? Descriptor(file).read(at: UInt64(offset), into: buffer)) == buffer.count else { return nil }
                offset += buffer.count
            }
            return Double(offset) / seconds(since: start)
        #endif
    }

    private static func seconds(since start: UInt64) -> Double { Double(max(Clock.nanoseconds() - start, 1)) / 1e9 }

    private static func unnamedFile(in folder: String) -> Int32? {
        var template = Array("\(folder)/.bale-bench-XXXXXX".utf8CString)
        let file = mkstemp(&template)
        guard file >= 0 else { return nil }
        unlink(template)
        return file
    }
}
