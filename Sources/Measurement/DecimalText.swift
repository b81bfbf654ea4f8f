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
}
