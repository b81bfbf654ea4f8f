#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A folder that goes with the value, and the files in it.
package final class TemporaryFolder {
    package struct Failure: Error { let operation: String }

    package let path: String

    package init() throws {
        var template = Array("/tmp/bale-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(operation: "mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in rawNames { (Array("\(path)/".utf8CString.dropLast()) + name).withUnsafeBufferPointer { _ = unlink($0.baseAddress!) } }
        rmdir(path)
    }

    /// The names of the files, in order.
    package var names: [String] {
        rawNames.map { String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self) }.sorted()
    }

    /// The path of the file of that name.
    package func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path.
    package func file(_ name: String, _ bytes: [UInt8]) throws -> String {
        guard let stream = fopen(path(name), "w") else { throw Failure(operation: "fopen") }
        let count = fwrite(bytes, 1, bytes.count, stream)
        guard fclose(stream) == 0, count == bytes.count else { throw Failure(operation: "fwrite") }
        return path(name)
    }

    /// The content of a file of the folder.
    package func bytes(_ name: String) throws -> [UInt8] {
        guard let stream = fopen(path(name), "r") else { throw Failure(operation: "fopen") }
        defer { fclose(stream) }
        var status = stat()
        guard fstat(fileno(stream), &status) == 0 else { throw Failure(operation: "fstat") }
        return [UInt8](unsafeUninitializedCapacity: Int(status.st_size)) { $1 = fread($0.baseAddress, 1, $0.count, stream) }
    }

    /// Zero-terminated.
    private var rawNames: [[CChar]] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [[CChar]] = []
        while let entry = readdir(folder) {
            let start = UnsafeRawPointer(entry).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name)!).assumingMemoryBound(to: CChar.self)
            let name = Array(UnsafeBufferPointer(start: start, count: strlen(start) + 1))
            if name != Array(".".utf8CString), name != Array("..".utf8CString) { names.append(name) }
        }
        return names
    }
}
