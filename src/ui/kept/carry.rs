//! Workspace files: written as a blob of parts and read as slices, so that the bytes of the tables stay with the browser.

use super::crc32::crc32;
use super::js;
use super::state::KeptCommand;
use super::workspace::{self, EXTENSION, Workspace, WorkspaceFile};
use super::zip::{self, Member};
use crate::ui::command::Command;
use crate::ui::runtime::{App, add_files};
use crate::ui::state::SourceKind;
use crate::ui::{engine_client, files, pages};
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, File};

/// Bytes looked at in one go, in a few milliseconds.
const PIECE_BYTES: u64 = 512 << 10;

pub fn is_workspace(file: &File) -> bool {
    file.name().to_ascii_lowercase().ends_with(EXTENSION)
}

/// Offers the document and its files to the user as one file.
pub fn export(app: App) {
    spawn_local(async move {
        let text = match write(app).await {
            Ok(text) => text,
            Err(error) => format!("The workspace was not saved: {}.", js::reason(&error).1),
        };
        remark(app, text, false);
    });
}

async fn write(app: App) -> Result<String, JsValue> {
    let (document, title) = app.peek(|state| (state.document.clone(), pages::title(state)));
    let mut members = vec![Member { path: workspace::PATH.into(), crc32: 0, n_bytes: 0 }];
    let mut paths = Vec::new();
    let mut described = Vec::new();
    let mut blobs = Vec::new();
    let mut left_out = Vec::new();
    for source in &document.sources {
        let SourceKind::File { file_id, name, n_bytes, .. } = &source.kind else { continue };
        let Some(file) = file_id.and_then(files::get) else {
            left_out.push(name.clone());
            continue;
        };
        let crc32 = checksum(&file).await?;
        let path = workspace::path_for(name, &paths);
        paths.push(path.clone());
        described.push(WorkspaceFile { name: name.clone(), n_bytes: *n_bytes, path: path.clone() });
        members.push(Member { path, crc32, n_bytes: file.size() as u64 });
        blobs.push(file);
    }
    let text = Workspace { document, files: described }.to_text();
    members[0].crc32 = crc32(0, text.as_bytes());
    members[0].n_bytes = text.len() as u64;
    let tail = zip::tail(&members).ok_or("it would be larger than 4 GB, which a zip file does not hold")?;

    let parts = Array::new();
    parts.push(&bytes(&zip::head(&members[0])));
    parts.push(&bytes(text.as_bytes()));
    for (member, blob) in members[1..].iter().zip(&blobs) {
        parts.push(&bytes(&zip::head(member)));
        parts.push(blob);
    }
    parts.push(&bytes(&tail));
    let blob = Blob::new_with_blob_sequence(&parts)?;
    let name = format!("{}{EXTENSION}", workspace::safe_name(&title));
    engine_client::save(&blob, &name);
    let without = if left_out.is_empty() {
        String::new()
    } else {
        format!(" It does not hold {}, which is not at hand.", left_out.join(", "))
    };
    Ok(format!("Saved the workspace as {name}.{without}"))
}

fn bytes(bytes: &[u8]) -> JsValue {
    Uint8Array::from(bytes).into()
}

/// Opens a workspace file in place of the document; other files that came with it are added.
pub fn open(app: App, file: File, others: Vec<File>) {
    remark(app, format!("Reading {}.", file.name()), true);
    spawn_local(async move {
        match read(&file).await {
            Ok((document, at_hand)) => {
                let files = files::keep(at_hand).await;
                app.send(Command::Kept(KeptCommand::WorkspaceRead { document, files }));
            }
            Err(error) => {
                let reason = js::reason(&error).1;
                let text = format!("{} was not opened: {reason}. Nothing was changed.", file.name());
                remark(app, text, false);
            }
        }
        if !others.is_empty() {
            add_files(app, others);
        }
    });
}

fn remark(app: App, text: String, is_carrying: bool) {
    app.send(Command::Kept(KeptCommand::Remarked { text, is_carrying }));
}

type Read = (Box<crate::ui::state::Document>, Vec<File>);

async fn read(file: &File) -> Result<Read, JsValue> {
    let n_bytes = file.size() as u64;
    let last = piece(file, n_bytes.saturating_sub(zip::MAX_END_BYTES), n_bytes).await?;
    let directory = zip::directory(&last, n_bytes)?;
    if directory.n_bytes > workspace::MAX_BYTES {
        return Err("its list of files is too long for a workspace".into());
    }
    let list = piece(file, directory.at, directory.at + directory.n_bytes).await?;
    let found = zip::members(&list, &directory)?;
    let blob_of = async |path: &str| -> Result<Blob, JsValue> {
        let place = found.iter().find(|found| found.member.path == path);
        let place =
            place.ok_or_else(|| format!("there is no {path} in it, so it is not a whole workspace"))?;
        let local = piece(file, place.header_at, place.header_at + zip::LOCAL_BYTES).await?;
        let at = zip::data_at(place, &local, &directory)?;
        let end = at + place.member.n_bytes;
        let blob = file.slice_with_f64_and_f64(at as f64, end as f64)?;
        let crc32 = checksum(&blob).await?;
        if crc32 != place.member.crc32 {
            return Err(
                format!("{path} in it is damaged: its checksum is not the one it was saved with").into()
            );
        }
        Ok(blob)
    };
    let blob = blob_of(workspace::PATH).await?;
    if blob.size() as u64 > workspace::MAX_BYTES {
        return Err(format!("its {} is too long", workspace::PATH).into());
    }
    let text = js::ask(&blob, "text", &[]).await?;
    let Workspace { document, files: described } = Workspace::read(&text.as_string().unwrap_or_default())?;
    let mut at_hand = Vec::new();
    for WorkspaceFile { name, n_bytes, path } in described {
        let blob = blob_of(&path).await?;
        if blob.size() as u64 != n_bytes {
            return Err(format!("{path} in it has not the size it was saved with").into());
        }
        at_hand.extend(files::of_blob(&blob, &name));
    }
    Ok((Box::new(document), at_hand))
}

async fn piece(blob: &Blob, start: u64, end: u64) -> Result<Vec<u8>, JsValue> {
    let piece = blob.slice_with_f64_and_f64(start as f64, end as f64)?;
    Ok(Uint8Array::new(&js::ask(&piece, "arrayBuffer", &[]).await?).to_vec())
}

async fn checksum(blob: &Blob) -> Result<u32, JsValue> {
    let n_bytes = blob.size() as u64;
    let (mut crc, mut at) = (0, 0);
    while at < n_bytes {
        let end = (at + PIECE_BYTES).min(n_bytes);
        crc = crc32(crc, &piece(blob, at, end).await?);
        at = end;
    }
    Ok(crc)
}
