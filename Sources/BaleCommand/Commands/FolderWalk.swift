/// Finds the files that an operand means: itself, or those in the folder and below it, depth first. The list is complete
/// before the first is worked on, so results written into the same folders are not found.
struct FolderWalk {
    /// A file, or why something that was found is none.
    struct Found {
        let input: Session.Input
        var refusal: Failure?
    }

    private let selects: (Path) -> Bool
    private var found: [Found] = []

    /// - Parameter selects: which files in a folder are meant; the others are passed over.
    static func inputs(_ operand: Path, recurses: Bool, _ selects: (Path) -> Bool) -> [Found] {
        let input = Session.Input(path: operand)
        guard !operand.isStandardStream else { return [Found(input: input)] }
        guard let status = FileStatus(operand) else { return [Found(input: input, refusal: .system(""))] }
        guard status.kind == .folder else { return [Found(input: input)] }
        guard recurses else { return [Found(input: input, refusal: Failure("is a folder", remedy: "-r works on the files in it"))] }
        return withoutActuallyEscaping(selects) { selects in
            var walk = FolderWalk(selects: selects)
            let name = operand.lastComponent
            let isPlace = name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) || name.isEmpty
            walk.visit(operand, folders: isPlace ? [] : [name])
            return walk.found
        }
    }

    private init(selects: @escaping (Path) -> Bool) {
        self.selects = selects
    }

    private mutating func visit(_ folder: Path, folders: [[UInt8]]) {
        do throws(Failure) {
            for name in try Folders.names(in: folder) { look(at: folder.appending(name), name, folders) }
        } catch {
            refuse(folder, error)
        }
    }

    private mutating func look(at path: Path, _ name: [UInt8], _ folders: [[UInt8]]) {
        guard let status = FileStatus(path, followsLinks: false) else { return refuse(path, .system("")) }
        switch status.kind {
        case .regular:
            if selects(path) { found.append(Found(input: Session.Input(path: path, folders: folders))) }
        case .folder:
            visit(path, folders: folders + [name])
        default:
            refuse(path, Failure(.incomplete, "is \(status.kindName), left out"))
        }
    }

    private mutating func refuse(_ path: Path, _ failure: Failure) {
        found.append(Found(input: Session.Input(path: path), refusal: failure))
    }
}
