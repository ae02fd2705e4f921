//! Files as parts of a form, by their paths (feature `fs`).

use super::multipart::FilePart;
use super::upload::Upload;
use std::io;
use std::path::Path;

/// The media types of files, by what their names end with (the registry of RFC 6838).
static TYPES: &[(&str, &str)] = &[
    ("aac", "audio/aac"),
    ("avif", "image/avif"),
    ("bmp", "image/bmp"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("flac", "audio/flac"),
    ("gif", "image/gif"),
    ("gz", "application/gzip"),
    ("htm", "text/html"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("mpeg", "video/mpeg"),
    ("oga", "audio/ogg"),
    ("ogg", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("svg", "image/svg+xml"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("weba", "audio/webm"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("yaml", "application/yaml"),
    ("yml", "application/yaml"),
    ("zip", "application/zip"),
];

impl FilePart {
    /// The file at a path, which is read while it is sent. It is called as it is there, and is of the
    /// media type that its name ends with, where that is a common one.
    ///
    /// # Errors
    /// As [`Upload::file`].
    pub async fn file(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let part = Self::new(Upload::file(path).await?);
        let name = path.file_name().map(|name| name.to_string_lossy());
        let part = match name {
            Some(name) => part.file_name(name),
            None => part,
        };
        Ok(match media_type(path) {
            Some(media_type) => part.content_type(media_type),
            None => part,
        })
    }
}

fn media_type(path: &Path) -> Option<&'static str> {
    let extension = path.extension()?.to_str()?;
    let known = TYPES
        .iter()
        .find(|(known, _)| extension.eq_ignore_ascii_case(known));
    known.map(|(_, media_type)| *media_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_files_are_known_by_their_names() {
        assert_eq!(media_type(Path::new("a/b.c.PNG")), Some("image/png"));
        for path in ["a/png", "a.unknown", ".png", "a.png/b", ""] {
            assert_eq!(media_type(Path::new(path)), None, "{path}");
        }
        assert!(TYPES.is_sorted());
    }
}
