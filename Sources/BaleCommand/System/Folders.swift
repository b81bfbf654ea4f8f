#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Reading and making folders.
enum Folders {
    /// The names in a folder, without "." and "..", in the order of their bytes, so that every run does the same.
    static func names(in folder: Path) throws(Failure) -> [[UInt8]] {
        guard let stream = folder.withCString({ opendir($0) }) else { throw .system("cannot read the folder") }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = readdir(stream) else { break }
            let name = UnsafeRawPointer(entry).advanced(by: MemoryLayout<dirent>.offset(of: \.d_name)!).assumingMemoryBound(to: CChar.self)
            let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
            if !bytes.elementsEqual(".".utf8), !bytes.elementsEqual("..".utf8) { names.append(Array(bytes)) }
        }
        guard errno == 0 else { throw .system("cannot read the folder") }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }

    /// Makes a folder and those above it, as far as they are missing.
    static func make(_ folder: Path) throws(Failure) {
        if FileStatus(folder)?.kind == .folder { return }
        if !folder.lastComponent.isEmpty, folder.folder != folder { try make(folder.folder) }
        guard folder.withCString({ mkdir($0, 0o777) }) == 0 || errno == EEXIST else {
            throw .system("cannot make the folder \(folder.shown)")
        }
        guard FileStatus(folder)?.kind == .folder else { throw Failure("\(folder.shown) is not a folder") }
    }

    /// The file that the name leads to through symbolic links, or nil when it leads nowhere.
    static func resolve(_ path: Path) -> Path? {
        guard let resolved = path.withCString({ realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        return Path(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    }
}
