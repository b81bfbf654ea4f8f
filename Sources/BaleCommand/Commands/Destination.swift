#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Where a result goes.
enum Destination: Sendable {
    case standardOutput
    /// A file that gets its name when it is complete.
    case file(Path)
    /// A pipe or device that is there and is written into.
    case device(Path)

    /// What tells a result's name from its source's.
    enum Naming {
        case addsSuffix
        case removesSuffix
    }

    /// Chooses the destination and makes all refusals that need no reading.
    init(for input: Session.Input, _ source: FileStatus, _ naming: Naming, _ settings: Settings) throws(Failure) {
        if settings.writesToStandardOutput || settings.output?.isStandardStream == true {
            self = .standardOutput
        } else if let output = settings.output {
            self = try Self.existing(output, source, settings)
        } else if input.path.isStandardStream {
            guard settings.outputFolder == nil else { throw Failure("standard input has no name", remedy: "-o gives the result one") }
            self = .standardOutput
        } else {
            guard source.kind == .regular else { throw Failure("is \(source.kindName)", remedy: "-c or -o says where the result goes") }
            let name = try Self.name(input, naming, settings)
            self = try Self.existing(Self.folder(for: input, settings).appending(name), source, settings)
        }
        if case .standardOutput = self { try Self.checkStandardOutput(source, naming, settings) }
    }

    /// For a result whose place the user named.
    init(output: Path, _ source: FileStatus, _ settings: Settings) throws(Failure) {
        self = output.isStandardStream ? .standardOutput : try Self.existing(output, source, settings)
    }

    private static func name(_ input: Session.Input, _ naming: Naming, _ settings: Settings) throws(Failure) -> [UInt8] {
        let name = input.path.lastComponent
        let suffix = Escaping.name(settings.suffix)
        switch naming {
        case .addsSuffix:
            guard settings.overwrites || !input.path.hasSuffix(settings.suffix) else {
                throw Failure(.incomplete, "ends in \(suffix) already, left out", remedy: "-f compresses it again")
            }
            return name + settings.suffix
        case .removesSuffix:
            guard input.path.hasSuffix(settings.suffix) else {
                throw Failure("does not end in \(suffix)", remedy: "-c or -o says where the result goes")
            }
            return Array(name.dropLast(settings.suffix.count))
        }
    }

    private static func folder(for input: Session.Input, _ settings: Settings) throws(Failure) -> Path {
        guard var folder = settings.outputFolder else {
            return input.path.bytes.contains(UInt8(ascii: "/")) ? input.path.folder : Path([])
        }
        for name in input.folders { folder = folder.appending(name) }
        try Folders.make(folder)
        return folder
    }

    /// Looks at what is under the name. A symbolic link is followed, so that what it leads to is replaced and not the link;
    /// a device is written into, never replaced by a file.
    private static func existing(_ target: Path, _ source: FileStatus, _ settings: Settings) throws(Failure) -> Destination {
        guard let link = FileStatus(target, followsLinks: false) else {
            guard target.folder.withCString({ access($0, W_OK | X_OK) }) == 0 else { throw .system("cannot create \(target.shown)") }
            return .file(target)
        }
        guard let found = FileStatus(target), let resolved = link.kind == .symbolicLink ? Folders.resolve(target) : target else {
            throw Failure("\(target.shown) is a symbolic link that leads nowhere")
        }
        if found.identity == source.identity { throw Failure("\(target.shown) is the input itself") }
        switch found.kind {
        case .folder: throw Failure("\(target.shown) is a folder", remedy: "--output-dir writes into one")
        case .characterDevice, .pipe: return .device(target)
        case .socket: throw Failure("\(target.shown) is a socket")
        case .regular, .symbolicLink, .blockDevice:
            guard settings.overwrites else { throw Failure("\(target.shown) exists", remedy: "-f overwrites it") }
            return found.kind == .blockDevice ? .device(target) : .file(resolved)
        }
    }

    private static func checkStandardOutput(_ source: FileStatus, _ naming: Naming, _ settings: Settings) throws(Failure) {
        if naming == .addsSuffix, !settings.overwrites, isatty(STDOUT_FILENO) == 1 {
            throw Failure("an archive is not written to a terminal", remedy: "-o names a file, -f writes it all the same")
        }
        guard let target = FileStatus(descriptor: STDOUT_FILENO) else { throw .system("cannot write to standard output") }
        if target.kind == .regular, source.kind == .regular, target.identity == source.identity {
            throw Failure("standard output is the input itself")
        }
    }
}
