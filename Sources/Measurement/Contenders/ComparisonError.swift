/// Why a file could not be measured at all.
package enum ComparisonError: Error, Hashable, Sendable {
    /// A system call refused; its error number.
    case system(String, Int32)
    /// The file became shorter.
    case inputChanged
    /// No folder has that many bytes free.
    case noRoom(bytes: Int, folders: [String])
}
