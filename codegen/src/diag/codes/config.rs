//! `C`: the configuration and the arguments.

use crate::diag::code::{Code, Severity};

codes! {
    CONFIG_UNREADABLE = "C0001" Error "the configuration can't be read",
        "The file named by `--config` (or by `Builder::config`) doesn't exist, is a folder, is not UTF-8, or the operating \
         system refuses to open it. Without `--config`, `clientwright.toml` is looked for in the current folder and then in \
         its folder `spec`; where there is none, give `--spec FILE --out DIR`.";
    CONFIG_SYNTAX = "C0002" Error "the configuration is not valid TOML",
        "The text breaks the grammar of TOML 1.0 at the place shown. The most frequent reasons are a text without quotes and a \
         key that is there twice.";
    CONFIG_UNKNOWN_KEY = "C0003" Error "the configuration has a key that means nothing",
        "A key that is not known is an error and not ignored, because a typing error would otherwise switch a setting off \
         without a word. Keys are compared letter by letter.\n\n\
         The keys are `spec`, `out`, `delivery`, `resource_features`, `keep_unknown_members`, `check_bounds`, `idempotency_header` and `strict`; `name`, `version`, `description`, `license`, `repository`, \
         `keywords` and `categories` in `[package]`; statuses in `[retries]`; tags in `[resources]`; `[names.operations]`, `[names.types]` and \
         `[names.members]`; operations in `[bodies]`, `[paging]` and `[streams]`; `base_url` in `[env]`, and schemes in `[env.schemes]`; `bytes`, `nodes`, `depth`, `text` and \
         `key` in `[limits]`; `allow` and `deny` in `[diagnostics]`.";
    CONFIG_WRONG_TYPE = "C0004" Error "a setting has a value of the wrong type",
        "Every setting has one type: a text in quotes, `true` or `false`, a whole number, a list of texts, or a table. Nothing \
         is converted: `version = 1.0` is a number and not the text \"1.0\".";
    CONFIG_MISSING_KEY = "C0005" Error "a setting that must be there is missing",
        "`spec` (the description) and `out` (the folder of the generated crate) have no default. Both are paths relative to \
         the folder of the configuration.";
    CONFIG_BAD_PACKAGE = "C0101" Error "a setting of the package is not what cargo takes",
        "`[package]` goes into the manifest of the generated crate, so its values must be what cargo and its registry take:\n\n\
         - `name`: begins with an ASCII letter, then ASCII letters, digits, `-` and `_`; at most 64; no keyword, no name of \
         the standard library, and none that Windows reserves;\n\
         - `version`: `MAJOR.MINOR.PATCH` as Semantic Versioning 2.0.0 says, with `-pre` and `+build` if need be;\n\
         - `description`: some text without control characters;\n\
         - `license`: an SPDX expression such as `MIT OR Apache-2.0`;\n\
         - `repository`: an `https` or `http` address;\n\
         - `keywords`: at most five, each at most 20 of letters, digits, `_`, `-` and `+`, beginning with a letter or digit;\n\
         - `categories`: at most five slugs such as `api-bindings` or `web-programming::http-client`.";
    CONFIG_BAD_OUT = "C0102" Error "the output folder would take in what is not generated",
        "The output folder belongs to the generator: it must be a folder of its own. It can't be the root of the file system, \
         the home folder, the folder of the configuration or one above it, and neither the description nor the \
         configuration may lie inside. Choose a new folder, such as `out = \"../client\"`.";
    CONFIG_BAD_CHOICE = "C0103" Error "a setting has none of the values that it can have",
        "The setting is a choice, and the message names all that can be chosen. They are compared letter by letter.";
    CONFIG_BAD_NAME = "C0104" Error "a name in the configuration can't be a name in Rust",
        "Names that are given by hand are used as they are. Operations and members are called in `snake_case` \
         (`[a-z][a-z0-9_]*`), types and variants in `UpperCamelCase` (`[A-Z][A-Za-z0-9]*`), and a resource is a path of the first kind \
         with dots, at most eight deep: `realtime_kit.sessions`.";
    CONFIG_BAD_ENV = "C0105" Error "an environment variable has a name that it can't have",
        "A name is made of capital letters, digits and `_`, and does not begin with a digit (IEEE Std 1003.1-2017, section \
         8.1): `CLOUDFLARE_API_TOKEN`.";
    CONFIG_BAD_LIMIT = "C0106" Error "a limit is out of its range",
        "Limits are whole numbers from 1. `depth` is at most 256, so that reading never needs more stack than there is; the \
         others are at most 4,294,967,295.";
    CONFIG_BAD_TYPE = "C0107" Error "a type in the configuration can't be the type of a value",
        "`[types.formats]` says what values of a `format` become, and `[types.schemas]` what a component schema, a member \
         (`Pet.price`) or the schema at a pointer becomes. The type is a word (`string`, `date-time`, `int32` ...) or, for texts \
         and numbers, the path of a type of another crate, such as `rust_decimal::Decimal`. Such a text is kept as it came, in a \
         `TextOf` of the type, which parses it by `FromStr` on demand and is made of it by `Display`; a number in a `NumberOf`, \
         with 15 digits at least. The crates that paths begin with stand \
         in `[dependencies]` with their versions; Rust's own need none. A word can't change the JSON type: `int32` is for \
         integers.";
    CONFIG_BAD_DEPENDENCY = "C0108" Error "a dependency in the configuration can't be one",
        "`[dependencies]` is for the crates of the paths in `[types]`, each with its version, or with a table of `version`, \
         `features` and `default-features`: `rust_decimal = \"1.36\"`. What no path begins with, what the generated crate \
         depends on anyway, and all of them where a module is delivered, which has no manifest, are errors.";
    CONFIG_BAD_HEADER = "C0110" Error "the name of a header in the configuration can't be one",
        "`idempotency_header` is the header that servers tell a repeated request by, such as `Idempotency-Key`. The name of a \
         header is made of ASCII letters, digits and ``!#$%&'*+-.^_`|~`` (RFC 9110, section 5.6.2). Each POST and PATCH request \
         has it then, with a random text that all its attempts share, and is tried again like the others.";
    CONFIG_BAD_RETRY = "C0112" Error "a key of `[retries]` is no status of an error",
        "`[retries]` says after which answers a request is made again, and after which not: `423 = true`, `409 = false`. The \
         keys are statuses from 400 to 599. What isn't there is as always: 408, 409, 429 and all from 500 on are retried, and \
         403 where it says how long to wait. A POST or PATCH is still not made again where the server may act twice. Callers \
         can say otherwise with `Options::retry_status`.";
    CONFIG_BAD_STREAM = "C0113" Error "a stream in the configuration has a media type that is none of a stream",
        "`[streams]` says what an operation answers value by value, where the description doesn't say it, or says it of the answer \
         as a whole: `chat = { media_type = \"text/event-stream\", item = \"ChatEvent\" }`. The key is an `operationId`, a method \
         and path (`POST /chat`), or a pointer.\n\n\
         - `media_type`: what is asked for, which says how values are told apart: `text/event-stream` (as it is unless set), \
         `application/x-ndjson` and the like for lines, `application/json-seq` for records;\n\
         - `item`: the schema of each value, the name of a component or a pointer; of events it may be that of their data, or of \
         an object with `event` and `data`, or several of these in a `oneOf`. Without it, events are texts, and values are any.\n\n\
         The operation gets a method `stream` beside `send`, which sets the body's boolean member `stream` where there is one.";
    CONFIG_BAD_BODY = "C0111" Error "a media type in the configuration is none that the operation can be sent as",
        "`[bodies]` says which media type a request is sent as, for operations whose description has several that say different \
         things (`S0308`). The key is an `operationId`, a method and path (`POST /pets`), or a pointer; the media type is \
         written as in the description: `createImage = \"multipart/form-data\"`.";
    CONFIG_BAD_PAGING = "C0109" Error "a setting of `[paging]` does not say how the next page is asked for",
        "A setting of `[paging]` is `false`, for an operation that has no pages, or a table with exactly one of these keys:\n\n\
         - `page`: what counts pages, from `first` (1 unless set);\n\
         - `offset`: what counts items, from `first` (0 unless set);\n\
         - `cursor`: what takes what the page before says: `next` is the member of the answer, `next_header` the header of the \
         answer, or `id` the member of its last item;\n\
         - `next_url`: the member of the answer with the address of the next page;\n\
         - `link = true`: the header `Link` has it (RFC 8288).\n\n\
         The first three name a parameter, of the query, a header or the path, or else a member of the JSON that the request \
         sends (`options.page`).\n\n\
         Beside it, members of the answer: `items`, the list (empty for one at the root); `total`, the number of all items, \
         with `page` and `offset`; `pages`, the number of all pages, and `end`, that of the page's last item, with `page`; \
         `more`, whether there is a next page, and `last`, whether there is none.";
    CONFIG_UNKNOWN_TAG = "C0201" Error "`[resources]` names a tag that no operation has",
        "The keys of `[resources]` are first tags of operations, letter by letter: an operation hangs below its first tag. A \
         setting that matches nothing is an error, because it is a typing error or a leftover: the tag may have been renamed.";
    CONFIG_UNKNOWN_OPERATION = "C0202" Error "the configuration names an operation that does not exist",
        "A key of `[names.operations]`, `[bodies]`, `[paging]` and `[streams]` is an `operationId`, a method with a path (`GET /pets/{id}`), or a pointer \
         (`#/paths/~1pets/get`). Operations that could not be generated don't exist here either.";
    CONFIG_UNKNOWN_TYPE = "C0203" Error "`[names.types]` names a type that does not exist",
        "A key of `[names.types]` is the name of a component schema or the pointer of any schema that becomes a type, such as \
         `#/components/schemas/Pet/properties/tag`. Types that no operation reaches are not generated, and can't be named.";
    CONFIG_UNKNOWN_MEMBER = "C0204" Error "`[names.members]` names a member that does not exist",
        "A key of `[names.members]` is a component schema and a member's wire name, or one of its values, with a dot between \
         them (`Pet.tagName`, `Status.LIVE`), or a pointer: of a member (`#/components/schemas/Pet/properties/tagName`), of a \
         parameter, of a branch of a union, or of an enum with `/enum/` and the value. Write keys with a dot in quotes.";
    CONFIG_UNKNOWN_SCHEME = "C0205" Error "`[env.schemes]` names a security scheme that does not exist",
        "The keys of `[env.schemes]` are names of the description's security schemes, letter by letter.";
    FILTER_MATCHES_NOTHING = "C0211" Error "a pattern of `include` or `exclude` matches nothing",
        "Each pattern must be one for at least one operation of the description: `tag:pets`, `path:/pets/**`, `method:get` \
         or `operation:list*`; without a word in front, what begins with `/` is a path and all else a tag. `*` stands for \
         any text (in a path, for any text without `/`), `**` for any text at all. Texts are compared letter by letter, \
         methods in any case.";
    CONFIG_UNKNOWN_FORMAT = "C0212" Error "`[types.formats]` names a format that no value has",
        "The keys of `[types.formats]` are values of `format`, letter by letter. At least one schema of the JSON type that the \
         chosen type has must say it: `date-time = \"string\"` is not for integers. A setting that matches nothing is an error, \
         because it is a typing error or a leftover.";
    CONFIG_UNKNOWN_VALUE = "C0213" Error "`[types.schemas]` names a schema that does not exist",
        "A key of `[types.schemas]` is the name of a component schema without parts, a component schema and a member's wire name \
         with a dot between them (`Pet.price`), or a pointer: of such a schema, of a member, or of a parameter. Items of lists and \
         values of maps count as the member. Write keys with a dot in quotes.";
    CONFIG_UNKNOWN_PAGING = "C0214" Error "a setting of `[paging]` names what the operation does not have",
        "Parameters are named as they are on the wire, and members by the way to them from the root, with dots: \
         `data.paging.next`. A parameter is one of the operation's query, headers or path, a cursor a text or a number, `total`, `pages` and `end` are \
         numbers, `more` and `last` booleans, and `items` is a list. `false` is for operations whose pages were found.";
    CONFIG_UNKNOWN_STREAM = "C0215" Error "`[streams]` names a schema that does not exist",
        "`item` is the name of a component schema, or the pointer of a schema (`#/components/schemas/Chat/properties/event`). A \
         setting that matches nothing is an error, because it is a typing error or a leftover.";
    CONFIG_UNKNOWN_CODE = "C0206" Error "`[diagnostics]` names a code that does not exist",
        "`allow` and `deny` hold codes such as `S0101`. `clientwright explain` lists all of them.";
    CONFIG_BAD_ALLOW = "C0207" Error "a code can't be allowed like this",
        "Only warnings can be allowed: an error means that nothing can be written. A code is also in one of the lists `allow` \
         and `deny` at most, and in it once.";
    CONFIG_UNUSED_ALLOW = "C0208" Error "a code is allowed that was not found",
        "Every exception must still be needed: nothing in this run had the code, so the line in `allow` can go. What it was \
         for has been mended, and the next finding of this kind should be seen.";
    CONFIG_NAMED_TWICE = "C0209" Error "two settings name the same thing",
        "An operation, a type or a member can be named in several ways: by its id, by method and path, by its pointer. Two \
         keys that stand for the same one would give it two names. Remove one of them.";
    CONFIG_AMBIGUOUS = "C0210" Error "a key of the configuration stands for several things",
        "Short keys are easy to read, but two things can have the same one: an `operationId` that is there twice, or `a.b.c`, \
         which is `c` in `a.b` and `b.c` in `a`. Name the one that is meant by its pointer, such as \
         `#/components/schemas/Pet/properties/tagName`.";
    NO_OUT_DIR = "C0301" Error "`OUT_DIR` is not set",
        "`Builder::generate` writes into the folder that cargo gives to build scripts in the environment variable `OUT_DIR`. \
         Outside a build script, name a folder with `Builder::out_dir`.";
    BAD_OUT_FILE = "C0302" Error "the output file of the builder has no proper name",
        "`Builder::out_file` takes the name of one file, without folders: ASCII letters, digits, `_`, `-` and `.`, such as \
         `api.rs`.";
}
