//! `L`: reading files.

use crate::diag::code::{Code, Severity};

codes! {
    FILE_UNREADABLE = "L0001" Error "a file can't be read",
        "The file doesn't exist, is a folder or a device, or the operating system refuses to open it. Relative paths are \
         looked up from the folder of the configuration (or the current folder without one).";
    SYNTAX = "L0002" Error "the file is not valid YAML or JSON",
        "The text breaks the grammar of its format at the place shown. Files named `.json`, and others whose first \
         character is `{` if they can be, are read as JSON (RFC 8259, keys in double quotes), \
         all else as YAML 1.2. Reading stops at the first such place.";
    DUPLICATE_KEY = "L0003" Error "a mapping has the same key twice",
        "JSON and YAML readers disagree on which of two equal keys counts, so a description that has one means different \
         things to different tools. Remove one of the two. Keys are compared by their text: `200` and `\"200\"` are equal.";
    LIMIT_EXCEEDED = "L0004" Error "the input is larger than a limit",
        "Descriptions are input from outside, so what they may cost is bounded: the bytes of a file, the number of values \
         after YAML's aliases are expanded, how deep mappings and lists stand inside one another, and the bytes of one text \
         and of one key. The message names the setting of `[limits]` in the configuration that raises the bound. Aliases \
         that expand to more text than `limits.bytes` meet that limit too. The depth can't be raised past 512.";
    ENCODING = "L0005" Error "the file is not UTF-8",
        "YAML and JSON are read as UTF-8, with or without a byte order mark (RFC 8259, section 8.1). UTF-16, UTF-32, \
         Latin-1 and other encodings are not guessed, because a wrong guess changes names in silence. Convert the file, for \
         example with `iconv -f LATIN1 -t UTF-8`.";
    CONTROL_CHARACTER = "L0006" Error "a control character stands where its format allows none",
        "JSON allows no characters below U+0020 inside a text (RFC 8259, section 7), and YAML allows none but tab, line feed \
         and carriage return anywhere (YAML 1.2.2, section 5.1). Write it as an escape inside a double-quoted text, such as \
         `\\u0007`, or remove it.";
    SEVERAL_DOCUMENTS = "L0007" Error "the file holds several YAML documents",
        "A description is one document. A file with a second `---` holds two, and tools disagree on which of them counts. \
         Keep one; put the others into files of their own.";
    KEY_NOT_A_SCALAR = "L0008" Error "a key is a mapping or a list",
        "YAML allows any value as a key, but a description's keys are texts. Keys such as `200`, `1.10`, `true` or `null` \
         are fine: they stand for the text as it is written. An unquoted `{name}` is a mapping: put it in quotes.";
    UNSUPPORTED_TAG = "L0009" Error "a YAML tag that has no meaning here",
        "Only the tags of YAML's core schema (YAML 1.2.2, section 10.3) are understood, `!!str`, `!!int`, `!!float`, \
         `!!bool`, `!!null`, `!!map` and `!!seq`, and `!` for a text, each before a value of that kind. Others, such as \
         `!include` or `!!binary`, would change what the value means, so they are not ignored.";
    MERGE_KEY = "L0010" Warning "`<<` is not a merge key in YAML 1.2",
        "Merge keys belong to YAML 1.1: some readers merge the mapping, others keep a member called `<<`. It is merged here, for \
         many descriptions are written so: the mapping's own members go before those that are merged, and of several mappings \
         the first goes before the others. To be read alike everywhere, write the members out, or use a `$ref` or `allOf`. A member \
         that is really called `<<` is written in quotes. Only the first of a file is told.";
    NUMBER_FORM = "L0011" Warning "a YAML number that JSON can't write is read as a text",
        "YAML 1.2 has forms of numbers that JSON has not: hexadecimal and octal ones, `.inf` and `.nan`, a leading `+`, \
         leading zeros, and a point without digits before or after it. They are nearly always meant as texts (`+1`, `007`, \
         `0xdeadbeef`), so they stay the text as it is written, and nothing is rounded. Put it in quotes if it is a text; \
         write it as JSON would if it is a number. (`1_000`, `NO`, `y` and `on` are plain texts in YAML 1.2, without a \
         warning, and `1.10` is a number that keeps its digits.)";
    RECURSIVE_ALIAS = "L0012" Error "a YAML alias contains itself",
        "An alias inside the value that its anchor names would make a value without an end. Use a `$ref` for what is \
         recursive.";
    UNKNOWN_ALIAS = "L0013" Error "a YAML alias has no anchor",
        "`*name` stands for the value that was marked with `&name` earlier in the file. A text that begins with `*` must be \
         in quotes.";
    EMPTY_FILE = "L0014" Error "the file holds no value",
        "The file is empty, or holds only blanks and comments.";
    TOO_MANY_ERRORS = "L0015" Error "too many errors: reading stopped",
        "After 100 errors in one file the rest is not read. Mend the first ones and try again.";
    MERGE_VALUE = "L0018" Error "`<<` stands before what can't be merged",
        "A merge key has a mapping, an alias of one, or a list of such as its value (the merge type of YAML 1.1).";
    LAX_GRAMMAR = "L0017" Warning "the file breaks its format's grammar where many readers overlook it",
        "In YAML, a comment has no blank before its `#` (YAML 1.2.2, section 6.6), or a further line of a quoted text is not indented \
         deeper than what it belongs to (section 7.3). In JSON, there are comments (`//`, `/* */`), or a comma stands behind the last \
         value of a mapping or list (RFC 8259 has neither). What is meant can't be mistaken, and the file is read as if the blanks \
         were there and the others were not; other tools refuse it.";
    YAML_VERSION = "L0016" Warning "the file says another version of YAML",
        "All files are read by YAML 1.2, whatever their `%YAML` line says. Under 1.1 `yes`, `NO` and `on` were booleans, \
         `0777` was octal and `1_000` a number; here they are texts.";
}
