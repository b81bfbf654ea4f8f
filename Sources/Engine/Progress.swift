/// How far an operation is.
package struct EngineProgress: Sendable {
    package var rawBytes: UInt64
    package var archiveBytes: UInt64
    /// Bytes of the input that are done, and that there are; the latter is nil for a pipe.
    package var readBytes: UInt64
    package var totalBytes: UInt64?
}

package typealias EngineProgressHandler = @Sendable (EngineProgress) -> Void
