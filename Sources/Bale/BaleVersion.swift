/// The version of this library.
public enum BaleVersion {
    /// As in the CHANGELOG.
    public static let string = "0.1.0-dev"
}
