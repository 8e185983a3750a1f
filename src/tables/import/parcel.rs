//! A finished column as bytes: how it comes from a worker that read it to the one that keeps the table.
//!
//! A parcel is a description in JSON and the arrays of the column, each with its length before it, little-endian.
//! It never leaves the running page, so it has no version.

use super::finish::Finished;
use crate::model::{EngineError, ErrorCode, Kind};
use crate::tables::column::{ColumnMeta, Store, StoredColumn};
use crate::tables::form::{Form, Raws};
use crate::tables::values::Values;
use polars_arrow::bitmap::{Bitmap, BitmapBuilder};
use polars_core::prelude::{PlSmallStr, StringChunkedBuilder};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Description {
    at: usize,
    name: String,
    kind: Kind,
    store: StoreName,
    form: Form,
    levels: Vec<String>,
    reason: String,
    n_missing: u64,
    n_empty: u64,
    token_counts: Vec<(String, u64)>,
    expected: String,
    mixed_units: Option<Box<str>>,
    other_order_row: Option<u32>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum StoreName {
    Integers,
    Numbers,
    Days,
    Micros,
    Texts,
    Levels,
}

/// Packs column `at` of the file.
pub(super) fn pack(at: usize, finished: &Finished) -> Result<Vec<u8>, EngineError> {
    let StoredColumn { values, meta } = &finished.stored;
    let (store, levels) = match &meta.store {
        Store::Integers => (StoreName::Integers, Vec::new()),
        Store::Numbers => (StoreName::Numbers, Vec::new()),
        Store::Days => (StoreName::Days, Vec::new()),
        Store::Micros => (StoreName::Micros, Vec::new()),
        Store::Texts => (StoreName::Texts, Vec::new()),
        Store::Levels(levels) => (StoreName::Levels, levels.to_vec()),
    };
    let description = Description {
        at,
        name: finished.stored.name().to_owned(),
        kind: meta.kind,
        store,
        form: meta.form.clone(),
        levels,
        reason: finished.reason.clone(),
        n_missing: finished.n_missing,
        n_empty: finished.n_empty,
        token_counts: finished.token_counts.clone(),
        expected: finished.expected.to_string(),
        mixed_units: finished.mixed_units.clone(),
        other_order_row: finished.other_order_row,
    };
    let description = serde_json::to_vec(&description).map_err(|_| damaged())?;
    let mut out = Vec::new();
    put(&mut out, &description);
    put_all(&mut out, &finished.coerced, u32::to_le_bytes);
    let (rows, ends, text) = meta.raws.parts();
    put_all(&mut out, rows, u32::to_le_bytes);
    put_all(&mut out, ends, |end| (end as u64).to_le_bytes());
    put(&mut out, text.as_bytes());
    match Values::of(values, &meta.store)? {
        Values::Integers(slots) | Values::Micros(slots) => {
            put_all(&mut out, slots.values, i64::to_le_bytes);
            put_validity(&mut out, slots.validity());
        }
        Values::Numbers(slots) => {
            put_all(&mut out, slots.values, f64::to_le_bytes);
            put_validity(&mut out, slots.validity());
        }
        Values::Days(slots) => {
            put_all(&mut out, slots.values, i32::to_le_bytes);
            put_validity(&mut out, slots.validity());
        }
        Values::Levels(slots, _) => {
            put_all(&mut out, slots.values, u32::to_le_bytes);
            put_validity(&mut out, slots.validity());
        }
        Values::Texts(texts) => {
            let mut lengths = Vec::with_capacity(texts.len());
            let mut bytes = String::new();
            for text in texts.iter() {
                lengths.push(text.map_or(MISSING, |text| text.len() as u32));
                bytes.push_str(text.unwrap_or_default());
            }
            put_all(&mut out, &lengths, u32::to_le_bytes);
            put(&mut out, bytes.as_bytes());
        }
    }
    Ok(out)
}

/// The length of a text that is missing.
const MISSING: u32 = u32::MAX;

/// The column of a parcel, with its place in the file. `None` where it is no column of a table of `n_rows`.
pub(super) fn unpack(bytes: &[u8], n_rows: usize) -> Option<(usize, Finished)> {
    let (at, finished) = read(bytes).ok()?;
    (finished.stored.values.len() == n_rows).then_some((at, finished))
}

fn read(bytes: &[u8]) -> Result<(usize, Finished), EngineError> {
    let mut rest = bytes;
    let description: Description = serde_json::from_slice(take(&mut rest)?).map_err(|_| damaged())?;
    let coerced = take_all(&mut rest, u32::from_le_bytes)?;
    let rows = take_all(&mut rest, u32::from_le_bytes)?;
    let ends = take_all(&mut rest, u64::from_le_bytes)?.into_iter().map(|end| end as usize).collect();
    let text = std::str::from_utf8(take(&mut rest)?).map_err(|_| damaged())?.to_owned();
    let raws = Raws::from_parts(rows, ends, text);
    let (name, kind) = (description.name.as_str(), description.kind);
    let stored = match description.store {
        StoreName::Integers => {
            let values = take_all(&mut rest, i64::from_le_bytes)?;
            let validity = take_validity(&mut rest, values.len())?;
            StoredColumn::integers(name, kind, values, validity)
        }
        StoreName::Micros => {
            let values = take_all(&mut rest, i64::from_le_bytes)?;
            let validity = take_validity(&mut rest, values.len())?;
            StoredColumn::micros(name, kind, values, validity)
        }
        StoreName::Numbers => {
            let values = take_all(&mut rest, f64::from_le_bytes)?;
            let validity = take_validity(&mut rest, values.len())?;
            StoredColumn::numbers(name, kind, values, validity)
        }
        StoreName::Days => {
            let values = take_all(&mut rest, i32::from_le_bytes)?;
            let validity = take_validity(&mut rest, values.len())?;
            StoredColumn::days(name, kind, values, validity)
        }
        StoreName::Levels => {
            let codes = take_all(&mut rest, u32::from_le_bytes)?;
            let validity = take_validity(&mut rest, codes.len())?;
            StoredColumn::ordered_levels(name, kind, codes, validity, description.levels)
        }
        StoreName::Texts => take_texts(&mut rest, name, kind)?,
    };
    let StoredColumn { values, meta } = stored;
    let meta = ColumnMeta { form: description.form, raws: raws.into(), ..meta };
    let finished = Finished {
        stored: StoredColumn { values, meta },
        reason: description.reason,
        n_missing: description.n_missing,
        n_empty: description.n_empty,
        token_counts: description.token_counts,
        coerced,
        expected: description.expected.into(),
        mixed_units: description.mixed_units,
        other_order_row: description.other_order_row,
    };
    Ok((description.at, finished))
}

fn take_texts(rest: &mut &[u8], name: &str, kind: Kind) -> Result<StoredColumn, EngineError> {
    let lengths = take_all(rest, u32::from_le_bytes)?;
    let mut texts = std::str::from_utf8(take(rest)?).map_err(|_| damaged())?;
    let mut builder = StringChunkedBuilder::new(PlSmallStr::from(name), lengths.len());
    for length in lengths {
        if length == MISSING {
            builder.append_null();
            continue;
        }
        let (text, others) = texts.split_at_checked(length as usize).ok_or_else(damaged)?;
        builder.append_value(text);
        texts = others;
    }
    Ok(StoredColumn::texts(kind, builder.finish()))
}

fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u64).to_le_bytes());
    out.extend_from_slice(bytes);
}

fn put_all<T: Copy, const N: usize>(out: &mut Vec<u8>, values: &[T], to_bytes: impl Fn(T) -> [u8; N]) {
    let n_bytes = values.len() * N;
    out.extend_from_slice(&(n_bytes as u64).to_le_bytes());
    out.reserve_exact(n_bytes);
    for value in values {
        out.extend_from_slice(&to_bytes(*value));
    }
}

/// One byte for eight rows; nothing where no value is missing.
fn put_validity(out: &mut Vec<u8>, validity: Option<&Bitmap>) {
    let mut bytes = Vec::new();
    if let Some(bits) = validity {
        bytes.resize(bits.len().div_ceil(8), 0);
        for (row, bit) in bits.iter().enumerate() {
            if let Some(byte) = bytes.get_mut(row / 8) {
                *byte |= u8::from(bit) << (row % 8);
            }
        }
    }
    put(out, &bytes);
}

fn take<'a>(rest: &mut &'a [u8]) -> Result<&'a [u8], EngineError> {
    let (length, others) = rest.split_first_chunk::<8>().ok_or_else(damaged)?;
    let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| damaged())?;
    let (bytes, others) = others.split_at_checked(length).ok_or_else(damaged)?;
    *rest = others;
    Ok(bytes)
}

fn take_all<T, const N: usize>(
    rest: &mut &[u8],
    from_bytes: impl Fn([u8; N]) -> T,
) -> Result<Vec<T>, EngineError> {
    let (chunks, _) = take(rest)?.as_chunks::<N>();
    let mut values = Vec::new();
    values.try_reserve_exact(chunks.len()).map_err(|_| super::too_large())?;
    values.extend(chunks.iter().map(|chunk| from_bytes(*chunk)));
    Ok(values)
}

fn take_validity(rest: &mut &[u8], n_rows: usize) -> Result<Option<Bitmap>, EngineError> {
    let bytes = take(rest)?;
    if bytes.is_empty() {
        return Ok(None);
    }
    let mut bits = BitmapBuilder::with_capacity(n_rows);
    for row in 0..n_rows {
        let byte = bytes.get(row / 8).ok_or_else(damaged)?;
        bits.push(byte >> (row % 8) & 1 == 1);
    }
    Ok(bits.into_opt_validity())
}

fn damaged() -> EngineError {
    EngineError::new(
        ErrorCode::Internal,
        "A part of the table came back damaged from the worker that read it.",
    )
}
