//! `W`: writing the files, and checking those that are there.

use crate::diag::code::{Code, Severity};

codes! {
    WRITE_IO = "W0001" Error "the file system refused",
        "A file or folder of the output could not be read, written, renamed or deleted; the message has the operating \
         system's words. Whatever was done before is recorded, so the next run goes on from there.";
    WRITE_PATH = "W0101" Error "a file of the output has a path that is not safe",
        "A path of the output, or one in `clientwright.lock`, is relative, of ASCII letters, digits, `_`, `-`, `.` and `/`, has \
         no `.`, `..` or empty part, no part that Windows reserves or that ends with a dot, and no hidden part but \
         `.gitattributes` and `.gitignore`. Two paths differ in more than case, and none is a folder of another.";
    WRITE_SYMLINK = "W0102" Error "a symbolic link stands in the output folder where a file of ours belongs",
        "Below the output folder links are never followed, so that nothing outside is ever replaced or deleted. Remove the \
         link, or move the output folder; the output folder itself may be reached through a link.";
    WRITE_FOREIGN = "W0103" Error "a file that is not ours stands in the way",
        "The generator replaces and deletes only what `clientwright.lock` lists. A file that has the name of one to be written \
         and is not listed is someone's work, so nothing at all was written. Move or delete it, or choose another output \
         folder. (A file that already has exactly the content to be written is taken over without a word.)";
    WRITE_EDITED = "W0104" Error "a generated file was edited",
        "The content of a file is not what the generator wrote, as `clientwright.lock` remembers it (line endings apart). \
         Nothing was written, because the edit would be lost. Move what you need into a file of your own, or change the \
         description or the configuration; then run `clientwright generate --overwrite-edited` once, which replaces \
         or deletes all edited files of the generator.";
    WRITE_MANIFEST = "W0105" Error "`clientwright.lock` can't be understood",
        "The manifest has a line `version 1`, and lines `input <sha256>` and `file <sha256> <path>`. After a merge with \
         conflicts keep the lines of both sides and remove the markers: two lines for one path are fine. A file that is \
         lost can be made again by deleting the output folder and running `clientwright generate`.";
    WRITE_ROOT = "W0106" Error "the output folder can't be used",
        "The output folder is the root of the file system or the home folder, holds the description or the configuration, or \
         is no folder. Links are followed to find out. Choose a folder of its own.";
    WRITE_MANY_FILES = "W0107" Error "a single file was expected",
        "In a build script the client is one file for `include!`, and the generator made none or several. Use `delivery = \
         \"module\"`, or no `delivery` at all, in the configuration that the build script names.";
    CHECK_STALE = "W0201" Error "files are not what would be written",
        "The description, the configuration or the generator changed since the files were written. Run `clientwright generate` \
         and commit what it writes.";
    CHECK_MISSING = "W0202" Error "files are missing",
        "The generator would write files that are not there. Run `clientwright generate` and commit what it writes.";
    CHECK_LEFTOVER = "W0203" Error "files are no longer written",
        "Files in `clientwright.lock` don't belong to the output any more. Run `clientwright generate`, which deletes them.";
    CHECK_EDITED = "W0204" Error "files are not as they were written",
        "`clientwright check DIR` compared the files with the hashes in `clientwright.lock`, and someone has changed them since. \
         Restore what was committed; if the change is one that is needed, make it in the description or the configuration.";
    CHECK_NO_MANIFEST = "W0205" Error "there is nothing to check",
        "The folder has no `clientwright.lock`, or an empty one: clientwright has not written it, or the file was lost. It is to be \
         committed with the others.";
}
