internal import Engine

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Looking at the files that contenders make.
enum FileBytes {
    /// Bytes, or nil when there is no such regular file.
    static func size(of path: String) -> Int? {
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return Int(status.st_size)
    }

    /// The first line of a file that is not empty, or nil: 300 bytes of it at most, without what a terminal would obey.
    static func firstLine(of path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 1024)
        let count = max(read(file, &bytes, bytes.count), 0)
        let line = bytes[..<count].split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.first { $0.contains { $0 > 0x20 } }
        return line.map { line in String(String(decoding: line.prefix(300), as: UTF8.self).unicodeScalars.filter { $0.value >= 0x20 }) }
    }

    /// All bytes of a file of that size, or nil when it has not so many.
    static func content(of path: String, _ size: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var isComplete = false
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            isComplete = (try? Descriptor(file).read(at: 0, into: UnsafeMutableRawBufferPointer(buffer))) == size
            count = isComplete ? size : 0
        }
        return isComplete ? bytes : nil
    }

    /// The first 8 KiB of a file that the kernel makes; empty when there is none.
    static func text(of path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = max(read(file, &bytes, bytes.count), 0)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    /// Names in a folder.
    static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let start = UnsafeRawPointer(entry).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name)!).assumingMemoryBound(to: CChar.self)
            let name = String(cString: start)
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// What two files differ in, a sentence; nil when they are equal byte by byte.
    static func difference(_ path: String, from expected: String) -> String? {
        guard let size = size(of: path), let expectedSize = Self.size(of: expected) else { return "gave nothing back" }
        guard size == expectedSize else { return "gave \(size) bytes back instead of \(expectedSize)" }
        let files = (open(path, O_RDONLY | O_CLOEXEC), open(expected, O_RDONLY | O_CLOEXEC))
        defer {
            close(files.0)
            close(files.1)
        }
        let pieces = UnsafeMutableRawBufferPointer.allocate(byteCount: 2 << 20, alignment: 64)
        defer { pieces.deallocate() }
        let mine = UnsafeMutableRawBufferPointer(rebasing: pieces[..<(1 << 20)])
        let right = UnsafeMutableRawBufferPointer(rebasing: pieces[(1 << 20)...])
        var offset = 0
        while offset < size {
            let count = min(mine.count, size - offset)
            let isRead = zip([mine, right], [files.0, files.1]).allSatisfy { buffer, file in
                let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
                return (try? Descriptor(file).read(at: UInt64(offset), into: part)) == count
            }
            guard isRead else {
                return "gave bytes back that cannot be read"
            }
            if memcmp(mine.baseAddress!, right.baseAddress!, count) != 0 {
                let first = (0..<count).first { mine[$0] != right[$0] } ?? 0
                return "gave other bytes back, from byte \(offset + first) on"
            }
            offset += count
        }
        return nil
    }
}
