/// Figures as the report shows them. Sizes are in binary units, speeds in decimal ones, as everywhere in Bale.
enum Numerals {
    static let none = "–"

    /// Fixed decimals with thousands apart: "12 345.6". No number: "–".
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite else { return none }
        let text = DecimalText.fixed(value.magnitude, decimals: decimals)
        let point = text.firstIndex(of: ".") ?? text.endIndex
        var whole = ""
        for (place, digit) in zip((0..<text.distance(from: text.startIndex, to: point)).reversed(), text) {
            whole.append(digit)
            if place > 0, place % 3 == 0 { whole += "\u{202F}" }
        }
        return (value < 0 ? "−" : "") + whole + text[point...]
    }

    /// About three digits: "1 234", "12.3", "0.0123".
    static func short(_ value: Double) -> String {
        guard value.isFinite else { return none }
        var (bound, decimals) = (99.95, 0)
        while value.magnitude < bound, decimals < 5, value != 0 {
            bound /= 10
            decimals += 1
        }
        return fixed(value, decimals)
    }

    /// Figures along an axis, with as few decimals as tell them: "0.15", "0.20"; from 10 on each with its own: "1", "10", "100".
    static func ticks(_ values: [Double]) -> [String] {
        let decimals = { (value: Double) in (0...6).first { fits(value, decimals: $0) } ?? 6 }
        let most = values.map(decimals).max() ?? 0
        let isSmall = values.allSatisfy { $0.magnitude < 10 }
        return values.map { fixed($0, isSmall ? most : decimals($0)) }
    }

    /// Whether rounding to so many decimals changes nothing that an axis could show.
    private static func fits(_ value: Double, decimals: Int) -> Bool {
        var scaled = value
        for _ in 0..<decimals { scaled *= 10 }
        return (scaled - scaled.rounded()).magnitude <= 1e-6 * scaled.magnitude
    }

    /// Raw bytes a second in MB/s, three digits, without the unit: one column can be compared by eye.
    static func megabytes(_ bytesPerSecond: Double) -> String {
        short(bytesPerSecond / 1e6)
    }

    /// "820 MB/s", "1.25 GB/s".
    static func speed(_ bytesPerSecond: Double) -> String {
        DecimalText.speed(bytesPerSecond) ?? none
    }

    /// "512 B", "12.3 MiB".
    static func size(_ bytes: Int) -> String {
        guard bytes >= 1024 else { return "\(bytes) B" }
        return DecimalText.scaled(Double(bytes) / 1024, step: 1024, units: ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"])
    }

    /// A power of two without decimals: "64 KiB"; others as ``size(_:)`` has them.
    static func roundSize(_ bytes: Int) -> String {
        var (value, unit) = (bytes, 0)
        while value >= 1024, value % 1024 == 0, unit < 3 {
            value /= 1024
            unit += 1
        }
        return value < 1024 ? "\(value) \(["B", "KiB", "MiB", "GiB"][unit])" : size(bytes)
    }

    static func percent(_ share: Double) -> String {
        share.isFinite ? fixed(share * 100, share < 0.0995 ? 1 : 0) + " %" : none
    }
}
