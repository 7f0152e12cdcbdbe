//! How these types travel to and from PostgreSQL, in the binary protocol. Feature `sql`.

use std::error::Error;

use bytes::{BufMut, BytesMut};
use postgres_types::{FromSql, IsNull, ToSql, Type, accepts, to_sql_checked};

use crate::record::{Scope, TaskKind};
use crate::{Id, Shard, State, Time};

type Encoded = Result<IsNull, Box<dyn Error + Sync + Send>>;
type Decoded<T> = Result<T, Box<dyn Error + Sync + Send>>;

impl ToSql for Id {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
        out.put_slice(&self.0.to_be_bytes());
        Ok(IsNull::No)
    }
    accepts!(UUID);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Id {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Decoded<Id> {
        Ok(Id(u128::from_be_bytes(raw.try_into()?)))
    }
    accepts!(UUID);
}

impl ToSql for Time {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
        out.put_i64(self.0);
        Ok(IsNull::No)
    }
    accepts!(INT8);
    to_sql_checked!();
}

impl<'a> FromSql<'a> for Time {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Decoded<Time> {
        Ok(Time(i64::from_be_bytes(raw.try_into()?)))
    }
    accepts!(INT8);
}

/// Types that are stored as a `smallint`.
macro_rules! smallint {
    ($($type:ty: $to:expr, $from:expr;)*) => {$(
        impl ToSql for $type {
            fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
                let to: fn($type) -> i16 = $to;
                out.put_i16(to(*self));
                Ok(IsNull::No)
            }
            accepts!(INT2);
            to_sql_checked!();
        }

        impl<'a> FromSql<'a> for $type {
            fn from_sql(_: &Type, raw: &'a [u8]) -> Decoded<$type> {
                let number = i16::from_be_bytes(raw.try_into()?);
                let from: fn(i16) -> Option<$type> = $from;
                from(number).ok_or_else(|| format!("{number} is no {}", stringify!($type)).into())
            }
            accepts!(INT2);
        }
    )*};
}

smallint! {
    Shard: |shard| i16::from(shard.0), |n| u8::try_from(n).ok().map(Shard);
    State: |state| state as i16, State::from_number;
    Scope: |scope| scope as i16, |n| match n { 0 => Some(Scope::Private), 1 => Some(Scope::Public), _ => None };
    TaskKind: |kind| kind as i16, |n| match n { 0 => Some(TaskKind::Action), 1 => Some(TaskKind::Workflow), _ => None };
}
