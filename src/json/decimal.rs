//! Numbers as people and inventories write them. The standard library's own reader brings a table of 10 kB along, for the last bit of
//! numbers with more digits than any here has.

/// A number such as `12`, `-3.50`, `.5` or `1e3`. Up to 15 digits and 22 places it is the nearest that there is, as the standard library
/// reads it; beyond that the last bits may be others. `None`: it is no such number, or too large for one.
pub fn read(text: &str) -> Option<f64> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (number, exponent) = match rest.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
        None => (rest, 0),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let mut digits = Digits::default();
    for c in whole.chars() {
        digits.add(c, 0)?;
    }
    for c in part.chars() {
        digits.add(c, 1)?;
    }
    if !digits.any {
        return None;
    }
    let number = digits.times_ten_to(exponent.saturating_sub(digits.places));
    number.is_finite().then_some(if negative { -number } else { number })
}

#[derive(Default)]
struct Digits {
    any: bool,
    /// Of the first digits, as many as it holds.
    value: u64,
    /// By how many places the point is to go to the left.
    places: i32,
}

impl Digits {
    /// `after_point`: 1 for a digit that stands after the point.
    fn add(&mut self, c: char, after_point: i32) -> Option<()> {
        let digit = c.to_digit(10)?;
        self.any = true;
        match self.value.checked_mul(10).and_then(|v| v.checked_add(u64::from(digit))) {
            Some(value) => {
                self.value = value;
                self.places = self.places.saturating_add(after_point);
            }
            // Eighteen others stand before it: more than a number holds, so that it does not matter which ones behind them are left out.
            None => self.places = self.places.saturating_add(after_point - 1),
        }
        Some(())
    }

    fn times_ten_to(&self, exponent: i32) -> f64 {
        /// Up to here each power of ten is a number of its own.
        const EXACT: i32 = 22;
        // To the nearest.
        #[allow(clippy::cast_precision_loss)]
        let mut number = self.value as f64;
        let mut left = exponent.clamp(-800, 800);
        while left != 0 && number != 0.0 && number.is_finite() {
            let step = left.clamp(-EXACT, EXACT);
            let power = 10f64.powi(step.abs());
            number = if step > 0 { number * power } else { number / power };
            left -= step;
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_is_a_number_and_nothing_else() {
        let check = |text: &str, expect: Option<f64>| assert_eq!(read(text), expect, "{text}");
        for text in
            ["0", "12", "102.4", "-3.50", "+7", ".5", "5.", "1e3", "1E-3", "-0.125", "0.000000000001", "4000000000000"]
        {
            check(text, text.parse().ok());
        }
        for text in ["", ".", "-", "e5", "1e", "1e5.0", "inf", "NaN", "1_000", "1,5", "0x10", " 1", "--1", "1e400", "١"]
        {
            check(text, None);
        }
        check("1e-400", Some(0.0));
        check("0e400", Some(0.0));
        // More digits than are held.
        for long in [
            "123456789012345678901234567890",
            "9007199254740995",
            "900719925474099.50",
            "0.00000000000000000000000123456789012345678",
        ] {
            let exact: f64 = long.parse().unwrap();
            assert!((read(long).unwrap() / exact - 1.0).abs() < 1e-15, "{long}");
        }
    }

    proptest! {
        #[test]
        fn up_to_fifteen_digits_it_reads_as_the_standard_library(whole in 0u64..1_000_000_000, part in "[0-9]{0,6}", minus: bool) {
            let text = format!("{}{whole}.{part}", if minus { "-" } else { "" });
            prop_assert_eq!(read(&text), text.parse().ok());
        }
    }
}
