//! CRC-32 (ISO 3309): finds every single changed character, and nearly every other change. It guards against accidents, not
//! against people.

/// A checksum that is made piece by piece.
#[derive(Clone, Debug)]
pub struct Checksum(u32);

impl Default for Checksum {
    fn default() -> Self {
        Self(u32::MAX)
    }
}

/// What a byte does to the rest: one look instead of eight steps.
const TABLE: [u32; 256] = table();

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut rest = table.as_mut_slice();
    let mut byte = 0;
    while let Some((first, others)) = rest.split_first_mut() {
        let mut crc: u32 = byte;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            bit += 1;
        }
        *first = crc;
        rest = others;
        byte += 1;
    }
    table
}

impl Checksum {
    /// Takes more bytes in.
    pub fn take(&mut self, bytes: &[u8]) {
        for byte in bytes {
            let [low, ..] = self.0.to_le_bytes();
            let step = TABLE.get(usize::from(low ^ byte)).copied().unwrap_or_default();
            self.0 = self.0 >> 8 ^ step;
        }
    }

    /// As eight hexadecimal digits.
    pub fn text(&self) -> String {
        format!("{:08x}", !self.0)
    }
}

/// The checksum of `bytes` as eight hexadecimal digits.
pub fn checksum(bytes: &[u8]) -> String {
    let mut sum = Checksum::default();
    sum.take(bytes);
    sum.text()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        assert_eq!(checksum(b""), "00000000");
        assert_eq!(checksum(b"123456789"), "cbf43926");
        let mut sum = Checksum::default();
        sum.take(b"1234");
        sum.take(b"56789");
        assert_eq!(sum.text(), "cbf43926");
    }
}
