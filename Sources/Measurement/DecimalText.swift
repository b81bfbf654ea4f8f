/// Decimal numbers as text, without a locale.
package enum DecimalText {
    /// A decimal number with a fixed count of decimals, rounded to nearest. Not for values beyond 2^53.
    package static func fixed(_ value: Double, decimals: Int) -> String {
        var scale: Double = 1
        for _ in 0..<decimals { scale *= 10 }
        let scaled = (value.magnitude * scale).rounded()
        guard scaled < 9e15 else { return "\(value)" }
        let (whole, fraction) = UInt64(scaled).quotientAndRemainder(dividingBy: UInt64(scale))
        let sign = value < 0 && scaled > 0 ? "-" : ""
        guard decimals > 0 else { return "\(sign)\(whole)" }
        let digits = "\(fraction)"
        return "\(sign)\(whole)." + String(repeating: "0", count: decimals - digits.utf8.count) + digits
    }

    /// Bytes a second in decimal units, three digits: "820 MB/s", "1.25 GB/s"; nil for what is no speed.
    package static func speed(_ bytesPerSecond: Double) -> String? {
        guard bytesPerSecond.isFinite, bytesPerSecond >= 0 else { return nil }
        return scaled(bytesPerSecond / 1000, step: 1000, units: ["kB/s", "MB/s", "GB/s", "TB/s"])
    }

    /// Three digits in the first unit that has less than a thousand of it.
    /// - Parameter step: how much larger each unit is than the one before.
    static func scaled(_ value: Double, step: Double, units: [String]) -> String {
        var (value, unit) = (value, 0)
        while value >= 999.5, unit + 1 < units.count {
            value /= step
            unit += 1
        }
        return "\(fixed(value, decimals: value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)) \(units[unit])"
    }
}
