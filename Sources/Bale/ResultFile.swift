internal import Engine

/// A new file that is put in place when it is complete, for the public options.
struct ResultFile {
    private let file: AtomicFile
    private let options: FileOptions
    private let source: OpenFile

    /// - Throws: an error of kind `system` when the target exists and may not be replaced, or is the source itself.
    init(_ target: String, _ options: FileOptions, from source: OpenFile) throws(BaleError) {
        self.options = options
        self.source = source
        if try publicErrors({ () throws(SystemError) in try isSameFile(source.descriptor, target) }) {
            throw BaleError(.system, "input and output are the same file")
        }
        file = try publicErrors { () throws(SystemError) in try AtomicFile(target, overwrites: options.overwrites) }
    }

    var descriptor: Descriptor { file.descriptor }
    /// Whether what is written can have holes.
    var isRegular: Bool { file.isRegular }

    func commit() throws(BaleError) {
        try publicErrors { () throws(SystemError) in
            try file.commit(
                AtomicFile.Placement(overwrites: options.overwrites, synchronizes: options.synchronizes),
                metadataOf: options.keepsMetadata ? source.descriptor : nil)
        }
    }
}
