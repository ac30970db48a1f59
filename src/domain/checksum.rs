//! CRC-32 (ISO 3309): finds every single changed character, and nearly every other change. It guards against accidents, not
//! against people.

use crc::{CRC_32_ISO_HDLC, Crc, Digest, Table};
use std::fmt;

static CRC_32: Crc<u32, Table<1>> = Crc::<u32, Table<1>>::new(&CRC_32_ISO_HDLC);

/// A checksum that is made piece by piece.
#[derive(Clone)]
pub struct Checksum(Digest<'static, u32, Table<1>>);

impl Default for Checksum {
    fn default() -> Self {
        Self(CRC_32.digest())
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Checksum {
    /// Takes more bytes in.
    pub fn take(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// As eight hexadecimal digits.
    pub fn text(&self) -> String {
        format!("{:08x}", self.0.clone().finalize())
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
        assert_eq!(format!("{sum:?}"), "cbf43926");
    }
}
