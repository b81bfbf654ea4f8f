internal import Bale

/// Shows every block: where it is, what it holds, how it is made, and its hashes.
enum InspectCommand {
    static func run(_ session: Session) async -> ExitStatus {
        await session.reporting(.inspect) { (input) throws(Failure) in
            let file = try OpenFile.seeking(input.path, for: .inspect)
            let archive = try await Archive.open(file)
            let blocks = try await blocks(of: archive)
            if !session.settings.json { session.console.print(text(archive, blocks, input.path)) }
            return (.success, entry(archive, blocks, input.path))
        }
    }

    private static func blocks(of archive: Archive) async throws(Failure) -> [Archive.Block] {
        do throws(BaleError) {
            return try await archive.blocks()
        } catch {
            throw Failure(error)
        }
    }

    private static func text(_ archive: Archive, _ blocks: [Archive.Block], _ path: Path) -> String {
        var text = "\(path.shown): \(archive.rawSize) raw bytes in \(archive.storedSize)\n"
        for (number, member) in archive.members.enumerated() {
            text += "archive \(member.identifier) at byte \(member.offset), version \(member.formatVersion)\n"
            text += "digest  \(member.digest)\n"
            text += table(blocks.filter { $0.member == number })
        }
        return text
    }

    private static func table(_ blocks: [Archive.Block]) -> String {
        var table = TextTable([
            ("block", .right), ("at byte", .right), ("stored", .right), ("raw at", .right), ("raw", .right), ("R", .right),
            ("raw hash", .left), ("stored hash", .left), ("pipeline", .left),
        ])
        for block in blocks {
            let (ratio, _) = Figures.ratio(stored: block.storedSize, raw: UInt64(block.rawSize))
            table.append([
                "\(block.ordinal)", "\(block.offset)", "\(block.storedSize)", "\(block.rawOffset)", "\(block.rawSize)", ratio,
                Hexadecimal.text(block.rawHash), Hexadecimal.text(block.storedHash), block.pipeline,
            ])
        }
        return table.isEmpty ? "" : table.text
    }

    private static func entry(_ archive: Archive, _ blocks: [Archive.Block], _ path: Path) -> Report.Entry {
        Report.Entry(path: path) { writer in
            writer.sizes(raw: archive.rawSize, stored: archive.storedSize)
            writer.archives(archive.members)
            writer.member("blocks", array: blocks) { writer, block in
                writer.object { writer in
                    writer.member("archive", block.member)
                    writer.member("ordinal", block.ordinal)
                    writer.member("byte_offset", block.offset)
                    writer.member("stored_bytes", block.storedSize)
                    writer.member("raw_offset", block.rawOffset)
                    writer.member("raw_bytes", block.rawSize)
                    writer.member("raw_hash", Hexadecimal.text(block.rawHash))
                    writer.member("stored_hash", Hexadecimal.text(block.storedHash))
                    writer.member("pipeline", block.pipeline)
                }
            }
        }
    }
}
