//! The values of a column: one of polars' typed arrays.
//!
//! Never polars' `Series`, `Column` or `DataFrame`: they hold a table of everything that polars can do with any type,
//! none of which a linker can leave out. That was a half of the download.

use polars_core::prelude::{
    Float64Chunked, Int32Chunked, Int64Chunked, PlSmallStr, StringChunked, UInt32Chunked,
};

#[derive(Clone)]
pub(crate) enum TypedArray {
    I64(Int64Chunked),
    F64(Float64Chunked),
    I32(Int32Chunked),
    U32(UInt32Chunked),
    Texts(StringChunked),
}

impl TypedArray {
    pub fn len(&self) -> usize {
        match self {
            Self::I64(array) => array.len(),
            Self::F64(array) => array.len(),
            Self::I32(array) => array.len(),
            Self::U32(array) => array.len(),
            Self::Texts(array) => array.len(),
        }
    }

    pub fn name(&self) -> &str {
        match self {
            Self::I64(array) => array.name(),
            Self::F64(array) => array.name(),
            Self::I32(array) => array.name(),
            Self::U32(array) => array.name(),
            Self::Texts(array) => array.name(),
        }
    }

    /// The same values under another name; they are shared, not copied.
    pub fn renamed(mut self, name: &str) -> Self {
        let name = PlSmallStr::from(name);
        match &mut self {
            Self::I64(array) => array.rename(name),
            Self::F64(array) => array.rename(name),
            Self::I32(array) => array.rename(name),
            Self::U32(array) => array.rename(name),
            Self::Texts(array) => array.rename(name),
        }
        self
    }
}

impl std::fmt::Debug for TypedArray {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\" ({} values)", self.name(), self.len())
    }
}
