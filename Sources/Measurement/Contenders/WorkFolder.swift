#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The folder that commands read and write in, in memory where that has room: a device would be measured along with every contender.
/// It goes with the value, and when the process ends by a signal.
package final class WorkFolder: Sendable {
    /// A folder that measurements may be in, first choice first.
    private static let memoryFolder = "/dev/shm"
    /// The sample, its packed form, which a poor contender makes larger, and what it is unpacked to; with some room for others.
    private static let roomForSample = 4

    package let path: String
    /// The folder that it was made in.
    let parent: String
    package var input: String { "\(path)/input" }
    /// What programs are started with to see what starting takes.
    var oneByte: String { "\(path)/one-byte" }
    var packed: String { "\(path)/packed" }
    var unpacked: String { "\(path)/unpacked" }
    var messages: String { "\(path)/messages" }

    /// - Parameters:
    ///   - sampleSize: bytes that the folder must have room for a few times.
    ///   - parent: the folder to make it in; nil chooses /dev/shm, TMPDIR or /tmp, the first with room.
    package init(sampleSize: Int, parent: String? = nil) throws(ComparisonError) {
        let needed = sampleSize * Self.roomForSample
        let parents = parent.map { [$0] } ?? Self.parents
        for parent in parents where Self.room(in: parent) >= needed {
            if let path = BenchmarkCleanup.makeFolder({ Self.make(in: parent) }) {
                self.path = path
                self.parent = parent
                return
            }
        }
        throw .noRoom(bytes: needed, folders: parents)
    }

    deinit { BenchmarkCleanup.removeFolder(path) }

    private static var parents: [String] {
        let named = getenv("TMPDIR").map { String(cString: $0) }
        return [memoryFolder] + [named, "/tmp"].compactMap { $0 }.filter { !$0.isEmpty }
    }

    private static func make(in parent: String) -> String? {
        var template = Array("\(parent)/bale-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Bytes that may be written below a folder; 0 when it is none.
    private static func room(in folder: String) -> Int {
        var status = statvfs()
        guard statvfs(folder, &status) == 0 else { return 0 }
        let room = Int(clamping: UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize)).partialValue)
        // What is written there is taken from the programs' memory: half of what is free stays theirs.
        guard folder == memoryFolder, let memory = Machine.availableMemory else { return room }
        return min(room, memory / 2)
    }
}
