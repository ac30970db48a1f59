//! Whether any instant of a value is no date, asked in the way in which it is written, so that no field can be forgotten.
//!
//! A text and an instant look alike in JSON: an environment may be called `9999-12-31T23:59:59Z`. They are told apart here by how they are
//! written, for an instant is printed ([`Serializer::collect_str`]) and a text is there already. `tests/native/door.rs` holds chrono to it.

use super::instants::is_date;
use chrono::{DateTime, Utc};
use serde::ser::{
    Error, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
    SerializeTupleStruct, SerializeTupleVariant, Serializer,
};
use std::fmt;

/// Whether any instant in `value` is no date.
pub fn holds_no_date(value: &impl Serialize) -> bool {
    matches!(value.serialize(DateWalk), Err(Stop::NoDate))
}

/// Walks over a value until there is an instant that is no date.
#[derive(Clone, Copy)]
struct DateWalk;

/// Why the walk ended early.
#[derive(Debug)]
enum Stop {
    NoDate,
    /// The value cannot be written; what writes it will say so.
    NotWritten,
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Stop::NoDate => "an instant is no date",
            Stop::NotWritten => "it cannot be written",
        })
    }
}

impl std::error::Error for Stop {}

impl Error for Stop {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Stop::NotWritten
    }
}

type Walked = Result<(), Stop>;

/// What holds no instant.
macro_rules! plain {
    ($($name:ident $of:ty),*) => { $(fn $name(self, _: $of) -> Walked { Ok(()) })* };
}

impl Serializer for DateWalk {
    type Ok = ();
    type Error = Stop;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    plain!(
        serialize_bool bool, serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_u8 u8, serialize_u16 u16,
        serialize_u32 u32, serialize_u64 u64, serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_str &str,
        serialize_bytes &[u8], serialize_unit_struct &'static str
    );

    fn collect_str<T: fmt::Display + ?Sized>(self, value: &T) -> Walked {
        match value.to_string().parse::<DateTime<Utc>>() {
            Ok(at) if !is_date(at) => Err(Stop::NoDate),
            _ => Ok(()),
        }
    }
    fn serialize_none(self) -> Walked {
        Ok(())
    }
    fn serialize_unit(self) -> Walked {
        Ok(())
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Walked {
        value.serialize(self)
    }
    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Walked {
        Ok(())
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Walked {
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Walked {
        value.serialize(self)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Stop> {
        Ok(self)
    }
    fn serialize_tuple(self, _: usize) -> Result<Self, Stop> {
        Ok(self)
    }
    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Stop> {
        Ok(self)
    }
    fn serialize_tuple_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, Stop> {
        Ok(self)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Self, Stop> {
        Ok(self)
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Stop> {
        Ok(self)
    }
    fn serialize_struct_variant(self, _: &'static str, _: u32, _: &'static str, _: usize) -> Result<Self, Stop> {
        Ok(self)
    }
}

/// What has parts without names.
macro_rules! parts {
    ($($of:ident $name:ident),*) => { $(impl $of for DateWalk {
        type Ok = ();
        type Error = Stop;
        fn $name<T: Serialize + ?Sized>(&mut self, value: &T) -> Walked {
            value.serialize(*self)
        }
        fn end(self) -> Walked {
            Ok(())
        }
    })* };
}

/// What has fields. Their names are this program's own.
macro_rules! fields {
    ($($of:ident),*) => { $(impl $of for DateWalk {
        type Ok = ();
        type Error = Stop;
        fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Walked {
            value.serialize(*self)
        }
        fn end(self) -> Walked {
            Ok(())
        }
    })* };
}

parts!(
    SerializeSeq serialize_element, SerializeTuple serialize_element, SerializeTupleStruct serialize_field,
    SerializeTupleVariant serialize_field
);
fields!(SerializeStruct, SerializeStructVariant);

impl SerializeMap for DateWalk {
    type Ok = ();
    type Error = Stop;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Walked {
        key.serialize(*self)
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Walked {
        value.serialize(*self)
    }
    fn end(self) -> Walked {
        Ok(())
    }
}
