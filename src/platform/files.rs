//! Reading files that the user chose or dropped, and offering files for download.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, File, FileList, HtmlAnchorElement, Url};

/// The files of a list, in its order.
pub fn listed(files: Option<FileList>) -> Vec<File> {
    let Some(files) = files else { return Vec::new() };
    (0..files.length()).filter_map(|i| files.get(i)).collect()
}

/// The bytes of a file; the error is the browser's own word.
pub async fn bytes(file: &File) -> Result<Vec<u8>, String> {
    let buffer = JsFuture::from(file.array_buffer()).await.map_err(|e| in_words(&e))?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn in_words(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(|| "the browser refused".into(), |e| String::from(e.message()))
}

/// Offers `text` as a file called `name`. `false` where the browser refuses.
pub fn download(name: &str, mime: &str, text: &str) -> bool {
    offer(name, mime, text).is_ok()
}

fn offer(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    give(name, &Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options)?)
}

/// A file that comes in pieces.
#[derive(Debug, Default)]
pub struct Pieces {
    blobs: Array,
    text: String,
    refused: bool,
}

/// Bytes that are handed to the browser at a time: it needs some milliseconds for a million.
const PIECE: usize = 256 * 1024;

impl Pieces {
    /// What stands behind what was pushed before.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        if self.text.len() >= PIECE {
            self.hand_over();
        }
    }

    fn hand_over(&mut self) {
        let text = std::mem::take(&mut self.text);
        match Blob::new_with_str_sequence(&Array::of1(&text.into())) {
            Ok(blob) => drop(self.blobs.push(&blob)),
            Err(_) => self.refused = true,
        }
    }

    /// Offers all of it as a file. `false` where the browser refuses.
    pub fn download(mut self, name: &str, mime: &str) -> bool {
        self.hand_over();
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let whole = Blob::new_with_blob_sequence_and_options(&self.blobs, &options);
        !self.refused && whole.is_ok_and(|blob| give(name, &blob).is_ok())
    }
}

fn give(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|w| w.document()).ok_or(JsValue::NULL)?;
    let link: HtmlAnchorElement = document.create_element("a")?.dyn_into().map_err(JsValue::from)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    Url::revoke_object_url(&url)
}
