#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Engine

/// A file that gets its final name only when it is complete: written under another name in the same folder, synchronised, renamed.
/// Until then the final name has what it had before.
///
/// It is removed when it goes out of use without a commit. A target that is a device or pipe is written to as it is.
public struct ResultFile: ~Copyable, Sendable {
    /// Where the content is written to.
    public let descriptor: Int32
    private let target: FileName
    private let options: FileOptions
    private let metadata: FileMetadata
    private let registry: TemporaryRegistry
    /// Nil where the target is a device or pipe.
    private var temporary: FileName?
    private var isOpen = true

    /// Creates the temporary file.
    /// - Parameters:
    ///   - target: where the result is to be. A symbolic link is followed, so that what it leads to is replaced.
    ///   - source: the open file that the result is made from. It gives the metadata, and must not be the target.
    /// - Throws: at once when the target exists and may not be replaced, or is the source.
    public init(_ target: String, _ options: FileOptions = FileOptions(), from source: Int32? = nil) throws(BaleError) {
        try self.init(FileName(target.utf8), options, from: source)
    }

    /// The same for a name that need not be UTF-8.
    public init(path target: [UInt8], _ options: FileOptions = FileOptions(), from source: Int32? = nil) throws(BaleError) {
        try self.init(FileName(target), options, from: source)
    }

    init(
        _ name: FileName, _ options: FileOptions, from source: Int32?, in registry: TemporaryRegistry = Temporaries.registry
    ) throws(BaleError) {
        let target = try name.attempt("create") { () throws(SystemError) in try name.resolvingLink() }
        let source = source.map { Descriptor($0) }
        let metadata = try name.attempt("create") { () throws(SystemError) in try FileMetadata(of: options.keepsMetadata ? source : nil) }
        let found = target.status()
        if let found, try name.attempt("create", { () throws(SystemError) in try Self.isSame(found, source) }) {
            throw BaleError(.system, "input and output are the same file")
        }
        let (descriptor, temporary) = try name.attempt("create") { () throws(SystemError) in
            try Self.create(target, over: found, overwrites: options.overwrites, registry)
        }
        self.descriptor = descriptor
        self.target = target
        self.options = options
        self.metadata = metadata
        self.registry = registry
        self.temporary = temporary
    }

    deinit {
        if isOpen { close(descriptor) }
        if let temporary { registry.remove(temporary) }
    }

    /// Whether it is a new file, and not a device or pipe that was there.
    public var isRegular: Bool { temporary != nil }

    /// Gives the file metadata and name, and closes it.
    ///
    /// When only the last step fails, which makes the name durable, the file has its name and is complete.
    public consuming func commit() throws(BaleError) {
        let file = Descriptor(descriptor)
        let (name, options) = (target, options)
        let temporary = temporary
        try name.attempt("write") { [metadata] () throws(SystemError) in
            if temporary != nil { try metadata.apply(to: file) }
            if options.synchronizes { try file.synchronize() }
        }
        isOpen = false
        try name.attempt("write") { () throws(SystemError) in try file.close() }
        guard let temporary else { return }
        try name.attempt("write") { [registry] () throws(SystemError) in
            try registry.place(temporary) { () throws(SystemError) in
                try Self.move(temporary, to: name, overwrites: options.overwrites)
            }
            if options.synchronizes { try Self.synchronize(folder: name.folder) }
        }
    }

    private static func isSame(_ found: stat, _ source: Descriptor?) throws(SystemError) -> Bool {
        guard let source, found.isRegularFile else { return false }
        let opened = try source.status()
        return opened.st_dev == found.st_dev && opened.st_ino == found.st_ino
    }

    /// Opens what is written to: a temporary, or what was found there and is no file that could be replaced.
    private static func create(
        _ target: FileName, over found: stat?, overwrites: Bool, _ registry: TemporaryRegistry
    ) throws(SystemError) -> (Int32, FileName?) {
        if let found {
            guard overwrites || !found.isRegularFile && found.st_mode & S_IFMT != S_IFBLK else { throw SystemError("open", EEXIST) }
            if !found.isRegularFile { return (try target.open(O_WRONLY), nil) }
        }
        return try createTemporary(in: target.folder, registry)
    }

    private static func createTemporary(in folder: FileName, _ registry: TemporaryRegistry) throws(SystemError) -> (Int32, FileName) {
        while true {
            let name = folder.appending(".bale-\(UInt64.random(in: .min ... .max).hexadecimalBytes).tmp")
            do {
                return (try registry.create(name), name)
            } catch {
                guard error.number == EEXIST else { throw error }
            }
        }
    }

    /// A link fails where the name exists, a rename does not: so nobody's file is overwritten unasked, not even one that appeared
    /// meanwhile. File systems without links get the rename, and a check just before.
    private static func move(_ temporary: FileName, to target: FileName, overwrites: Bool) throws(SystemError) {
        try temporary.withCString { from in
            target.withCString { to -> Result<Void, SystemError> in
                if !overwrites {
                    if link(from, to) == 0 {
                        unlink(from)
                        return .success(())
                    }
                    guard errno != EEXIST, target.status(followsLinks: false) == nil else { return .failure(SystemError("link", EEXIST)) }
                }
                return rename(from, to) == 0 ? .success(()) : .failure(.last("rename"))
            }
        }.get()
    }

    private static func synchronize(folder: FileName) throws(SystemError) {
        let number: Int32
        do {
            number = try folder.open(O_RDONLY | O_DIRECTORY)
        } catch {
            // One may write into a folder that one may not read; it cannot be synchronised then.
            if error.number == EACCES { return }
            throw error
        }
        defer { close(number) }
        try Descriptor(number).synchronize()
    }
}
