internal import Planning

/// The names that ``CompressionOptions/pipeline`` can be made of.
public enum PipelineCatalog {
    /// One name.
    public struct Entry: Sendable, Hashable {
        /// As it is written in an expression.
        public var name: String
        /// What it is good for.
        public var summary: String
    }

    /// All names of this build.
    public static let all = Planning.PipelineCatalog.entries.map { Entry(name: $0.name, summary: $0.summary) }
}
