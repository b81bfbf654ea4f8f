internal import Bale

/// Shows sizes, ratio and counts, from the footers and indexes alone.
enum ListCommand {
    /// The columns of one line per file.
    private static let columns: [(title: String, alignment: TextTable.Alignment)] = [
        ("raw", .right), ("stored", .right), ("R", .right), ("D", .right), ("blocks", .right), ("archives", .right), ("name", .left),
    ]

    static func run(_ session: Session) async -> ExitStatus {
        var table = TextTable(columns)
        var members = ""
        let status = await session.reporting(.list) { (input) throws(Failure) in
            let file = try OpenFile.seeking(input.path, for: .list)
            let archive = try await Archive.open(file)
            table.append(row(archive, input.path))
            if session.settings.verbosity > 0 { members += memberTable(archive, input.path) }
            return (.success, entry(archive, input.path))
        }
        if !session.settings.json, !table.isEmpty { session.console.print(members.isEmpty ? table.text : table.text + members) }
        return status
    }

    private static func row(_ archive: Archive, _ path: Path) -> [String] {
        let (ratio, redundancy) = Figures.ratio(stored: archive.storedSize, raw: archive.rawSize)
        let blocks = archive.members.reduce(0) { $0 + $1.blockCount }
        return [
            Figures.size(archive.rawSize), Figures.size(archive.storedSize), ratio, redundancy, "\(blocks)", "\(archive.members.count)",
            path.shown,
        ]
    }

    /// With -v: each of the concatenated archives, exact.
    private static func memberTable(_ archive: Archive, _ path: Path) -> String {
        var table = TextTable([
            ("archive", .left), ("at byte", .right), ("raw bytes", .right), ("stored bytes", .right), ("blocks", .right),
            ("version", .right), ("digest", .left),
        ])
        for member in archive.members {
            table.append([
                member.identifier, "\(member.offset)", "\(member.rawSize)", "\(member.storedSize)", "\(member.blockCount)",
                "\(member.formatVersion)", member.digest,
            ])
        }
        return "\n\(path.shown):\n" + table.text
    }

    private static func entry(_ archive: Archive, _ path: Path) -> Report.Entry {
        Report.Entry(path: path) { writer in
            writer.sizes(raw: archive.rawSize, stored: archive.storedSize)
            writer.member("blocks", archive.members.reduce(0) { $0 + $1.blockCount })
            writer.archives(archive.members)
        }
    }
}

extension JSONWriter {
    /// The concatenated archives of a file.
    mutating func archives(_ members: [Archive.Member]) {
        member("archives", array: members) { writer, member in
            writer.object { writer in
                writer.member("id", member.identifier)
                writer.member("byte_offset", member.offset)
                writer.sizes(raw: member.rawSize, stored: member.storedSize)
                writer.member("blocks", member.blockCount)
                writer.member("version", member.formatVersion)
                writer.member("digest", member.digest)
            }
        }
    }
}
