/// How a result file is put in place. It gets its name only when it is complete.
public struct FileOptions: Sendable, Hashable {
    /// Replace a file that has the name already.
    public var overwrites = false
    /// Wait until content and name are on the device.
    public var synchronizes = true
    /// Give the file the mode and times of its source, and the owner where the system allows.
    public var keepsMetadata = true

    /// Creates the default options: replace nothing, synchronise, keep metadata.
    public init() {}
}
