//! Zip files whose members are stored as they are (PKWARE APPNOTE 6.3, method 0): what stands around the bytes of
//! the members, and where these are in a file. No member is ever held here.

/// A member to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// With `/` between folders.
    pub path: String,
    pub crc32: u32,
    pub n_bytes: u64,
}

/// A member of a file that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub member: Member,
    /// Where its local header begins.
    pub header_at: u64,
}

/// Where the list of members is in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Directory {
    pub at: u64,
    pub n_bytes: u64,
    pub n_members: u16,
}

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
pub const LOCAL_BYTES: u64 = 30;
const CENTRAL_BYTES: usize = 46;
const END_BYTES: usize = 22;
/// The end of the file is looked for in this many bytes: it may carry a comment.
pub const MAX_END_BYTES: u64 = END_BYTES as u64 + 65_535;
/// Sizes and places have 32 bits, without the extension for larger files.
const MAX_BYTES: u64 = u32::MAX as u64;
/// Names are in UTF-8.
const FLAGS: u16 = 1 << 11;
const VERSION: u16 = 20;
/// 1 January 1980, the first day there is: the same work makes the same file.
const DATE: u16 = 1 << 5 | 1;

/// What stands in front of the bytes of a member.
pub fn head(member: &Member) -> Vec<u8> {
    let mut out = Out(Vec::with_capacity(LOCAL_BYTES as usize + member.path.len()));
    out.u32(LOCAL);
    out.facts(member);
    out.0.extend_from_slice(member.path.as_bytes());
    out.0
}

/// What stands after the last member. `None` where the file would be larger than a plain zip file can be.
pub fn tail(members: &[Member]) -> Option<Vec<u8>> {
    let mut out = Out(Vec::new());
    let mut at = 0_u64;
    for member in members {
        out.u32(CENTRAL);
        out.u16(VERSION);
        out.facts(member);
        // Comment, disk, attributes.
        out.0.extend_from_slice(&[0; 10]);
        out.u32(u32::try_from(at).ok()?);
        out.0.extend_from_slice(member.path.as_bytes());
        at += LOCAL_BYTES + member.path.len() as u64 + member.n_bytes;
    }
    let n_bytes = out.0.len() as u32;
    let n_members = u16::try_from(members.len()).ok()?;
    if at + u64::from(n_bytes) > MAX_BYTES {
        return None;
    }
    out.u32(END);
    out.u32(0);
    out.u16(n_members);
    out.u16(n_members);
    out.u32(n_bytes);
    out.u32(at as u32);
    out.u16(0);
    Some(out.0)
}

struct Out(Vec<u8>);

impl Out {
    fn u16(&mut self, value: u16) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    fn u32(&mut self, value: u32) {
        self.0.extend_from_slice(&value.to_le_bytes());
    }

    /// The part that both headers share.
    fn facts(&mut self, member: &Member) {
        self.u16(VERSION);
        self.u16(FLAGS);
        // Stored, at midnight.
        self.u32(0);
        self.u16(DATE);
        self.u32(member.crc32);
        self.u32(member.n_bytes as u32);
        self.u32(member.n_bytes as u32);
        self.u16(member.path.len() as u16);
        self.u16(0);
    }
}

/// Finds the list of members. `last`: the last bytes of a file, at most [`MAX_END_BYTES`].
///
/// # Errors
/// In words, where the bytes are not the end of a zip file that this can read.
pub fn directory(last: &[u8], n_file_bytes: u64) -> Result<Directory, String> {
    let starts = (0..(last.len() + 1).saturating_sub(END_BYTES)).rev();
    // The comment must end where the file does, or the signature is part of something else.
    let is_end = |start: &usize| {
        let end = In(&last[*start..]);
        end.u32(0) == Some(END)
            && end.u16(20).is_some_and(|n_comment| start + END_BYTES + usize::from(n_comment) == last.len())
    };
    let mut ends = starts.filter(is_end);
    let start = ends.next().ok_or("it has no end: it is not a zip file, or it was cut")?;
    let end = In(&last[start..]);
    let (at, n_bytes, n_members) = (end.u32(16), end.u32(12), end.u16(10));
    let (Some(at), Some(n_bytes), Some(n_members)) = (at, n_bytes, n_members) else { return Err(damaged()) };
    if u64::from(at) == MAX_BYTES || n_members == u16::MAX {
        return Err("it is a zip file of the large kind (zip64), which is not read here".into());
    }
    let (at, n_bytes) = (u64::from(at), u64::from(n_bytes));
    let end_at = n_file_bytes - last.len() as u64 + start as u64;
    if at + n_bytes > end_at {
        return Err("it was cut: its list of files lies outside of it".into());
    }
    Ok(Directory { at, n_bytes, n_members })
}

/// Reads the list of members.
///
/// # Errors
/// In words, where it is damaged or a member is compressed or encrypted.
pub fn members(bytes: &[u8], directory: &Directory) -> Result<Vec<Found>, String> {
    let mut members = Vec::new();
    let mut rest = bytes;
    for _ in 0..directory.n_members {
        let header = In(rest);
        let found = member(&header).filter(|_| header.u32(0) == Some(CENTRAL)).ok_or_else(damaged)?;
        let path = &found.member.path;
        if header.u16(8).is_some_and(|flags| flags & 1 == 1) {
            return Err(format!("{path} in it is encrypted"));
        }
        if header.u16(10) != Some(0) {
            return Err(format!("{path} in it is compressed; a workspace holds its files as they are"));
        }
        if found.header_at + LOCAL_BYTES + found.member.n_bytes > directory.at {
            return Err(damaged());
        }
        let n_bytes = CENTRAL_BYTES
            + [28, 30, 32].iter().map(|at| usize::from(header.u16(*at).unwrap_or(0))).sum::<usize>();
        rest = rest.get(n_bytes..).ok_or_else(damaged)?;
        members.push(found);
    }
    Ok(members)
}

fn member(header: &In) -> Option<Found> {
    let n_path = usize::from(header.u16(28)?);
    let path = header.0.get(CENTRAL_BYTES..CENTRAL_BYTES + n_path)?;
    let member = Member {
        path: String::from_utf8(path.to_vec()).ok()?,
        crc32: header.u32(16)?,
        n_bytes: u64::from(header.u32(24)?),
    };
    Some(Found { member, header_at: u64::from(header.u32(42)?) })
}

/// Where the bytes of a member begin. `local`: the [`LOCAL_BYTES`] of its local header.
///
/// # Errors
/// In words, where the header is not that of the member.
pub fn data_at(found: &Found, local: &[u8], directory: &Directory) -> Result<u64, String> {
    let header = In(local);
    let (Some(LOCAL), Some(n_path), Some(n_extra)) = (header.u32(0), header.u16(26), header.u16(28)) else {
        return Err(damaged());
    };
    let at = found.header_at + LOCAL_BYTES + u64::from(n_path) + u64::from(n_extra);
    if at + found.member.n_bytes > directory.at { Err(damaged()) } else { Ok(at) }
}

fn damaged() -> String {
    "it is damaged: its list of files makes no sense".into()
}

struct In<'a>(&'a [u8]);

impl In<'_> {
    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_le_bytes(self.0.get(at..at + 2)?.try_into().ok()?))
    }

    fn u32(&self, at: usize) -> Option<u32> {
        Some(u32::from_le_bytes(self.0.get(at..at + 4)?.try_into().ok()?))
    }
}
