//! `S`: schemas and operations, brought to types and calls.

use crate::diag::code::{Code, Severity};

codes! {
    NOT_COMPOSED = "S0101" Warning "schemas that hold at once can't be brought together, and are read as any value",
        "The schemas of an `allOf`, and the keywords beside a `oneOf` or `anyOf`, hold at once (OpenAPI 3.0.3, section 4.7.24), \
         and are brought together as one. Where no value fits all of them, one is part of itself, or there are too many, \
         the value is a `serde_json::Value`, with all that is in it.";
    MEMBER_OVERRIDDEN = "S0103" Warning "schemas that hold at once contradict one another in a member",
        "The schemas of an `allOf` hold at once (OpenAPI 3.0.3, section 4.7.24), and no value of the member fits all of them. \
         That is written where one schema is meant to override another, and is read so: the schema that is written in the \
         `allOf` itself comes before those that it refers to, and among these the last.";
    NOT_UNSUPPORTED = "S0102" Warning "a schema with `not` is read as any value",
        "No Rust type says what a value isn't: the value is a `serde_json::Value`.";
    AMBIGUOUS_UNION = "S0104" Warning "a branch of a union can't be told from an earlier one",
        "The branches of `oneOf` and `anyOf` are told apart by their JSON type, and objects among them by the member of a \
         `discriminator`, by a required member that allows other values in each, or by members that only one of them has. \
         Where several have none of these, the value goes to the one that reads it and leaves the fewest of its members over, \
         the first among equals. This branch is never the one, for an earlier branch has all its members; requests can hold \
         it all the same. A `discriminator`, or a required member with a single value in each branch, tells them apart.";
    TYPE_CONTAINS_ITSELF = "S0106" Warning "a list or map contains nothing but itself",
        "A list of lists of itself, or a union that is itself, has no end in Rust unless an object stands in between. \
         It is a `serde_json::Value`, with all that is in it.";
    NESTED_TOO_DEEP = "S0107" Warning "schemas are nested too deep",
        "At most 16 lists and maps may stand inside one another without an object or a named schema in between. What is \
         deeper is a `serde_json::Value`.";
    REQUIRED_WITHOUT_SCHEMA = "S0111" Warning "`required` names a member that has no schema",
        "The name is not among `properties`, most often because one of the two is misspelt. The member is ignored.";
    SCALAR_ENUM = "S0112" Note "an `enum` or a `const` of other values than texts or whole numbers is read as its plain type",
        "Texts and whole numbers of 64 bits out of a list become an open enum, and a `const` is a list of one. Lists of fractions, \
         of larger numbers, of objects and lists, and of values of several types are told in the docs, and any value of the plain type can be sent; \
         where there is no `type`, and the values are of several, any value.";
    ONE_WAY_REQUIRED = "S0113" Note "a required member is optional because it goes one way only",
        "A member that is `readOnly` is not sent, and one that is `writeOnly` is not answered, `required` or not (OpenAPI \
         3.0.3, section 4.7.24.2). Where one type serves both ways, the member is optional in it: a `readOnly` one is never \
         sent, and a `writeOnly` one has a setter.";
    SENT_THOUGH_READ_ONLY = "S0126" Note "an object is sent though all its members are `readOnly`",
        "A member that is `readOnly` is not sent (OpenAPI 3.0.3, section 4.7.24.2). Of an object inside a request that has no \
         other members nothing would be left, `{}`, which lacks what is required: most often it refers to something that \
         exists, and shares its members with that. It is sent with what it has, and what is required is required of the \
         caller; an object that is the request itself isn't. An overlay that takes the object away from the request, or `required` from the object, changes that.";
    DEFAULT_OUTSIDE_TYPE = "S0122" Note "a default is not a value of its own schema",
        "A `default` must be a value that its schema allows (OpenAPI 3.0.3, section 4.7.24): of its type, among those of its \
         `enum`, and between its bounds. It is shown in the docs as it is written, for it is what the service says that it \
         does, and nothing is ever sent for it.";
    PATTERN_UNCHECKED = "S0123" Note "a regular expression is not checked",
        "With `check_bounds`, texts are checked against `pattern` before they are sent (JSON Schema 2020-12 validation, section \
         6.3.3; the expressions of ECMA-262). One with a part that the checks don't know (a look to the front or the back, a \
         reference to a group, a class of Unicode), and one that no text of its kind can match because it stands between \
         slashes, is in the docs alone.";
    BOUNDS_UNCHECKED = "S0125" Note "bounds are not checked",
        "With `check_bounds`, members, parameters and bodies are checked against their bounds before they are sent, and what \
         lists, maps and tuples hold. Values of a union are checked by the bounds of its only branch of texts, and of its only \
         branch of numbers, and texts out of a list, or any others, by what is asked of the others, if what is listed keeps to it; \
         what other branches ask is in the docs alone.";
    DISCRIMINATOR_UNUSABLE = "S0120" Warning "a discriminator does not tell the branches of a union apart",
        "A branch has the values that `mapping` gives it, else those that its own member allows, else the one in its \
         `x-ms-discriminator-value` or `x-discriminator-value`, else the name of its component (OpenAPI 3.0.3, section 4.7.25). Where there is a `defaultMapping`, that name is a value beside the others \
         (3.2.0, section 4.26.2). A branch without any, or two with the same one, are told \
         by other members instead. A schema that has one and no branches stands for all those that build on it by `allOf` and \
         have a value, and where none has one of its own for itself alone.";
    MAPPING_TO_NO_BRANCH = "S0121" Warning "a value of a discriminator leads to no branch of the union",
        "`mapping` must name a schema that `oneOf` or `anyOf` lists too (OpenAPI 3.0.3, section 4.7.25). An answer with the \
         value is kept as any JSON, unless the schema of another branch allows the value, or other members tell branches apart.";
    SEVERAL_BRANCHES = "S0124" Note "an object may be of several branches of an `anyOf` at once",
        "A value of an `anyOf` may be of several of its branches (OpenAPI 3.0.3, section 4.7.24; JSON Schema 2020-12, section \
         10.2.1.2), and a union in Rust is one of them. Where several have a member that tells them, the one whose member comes \
         first in the text is read; one that has such a member comes before one that doesn't; and of branches that are tried, \
         the one that leaves the fewest members over. Members that this one doesn't have are not kept. If no object is to be \
         of several, a `discriminator`, a required member with a value of its own in each branch, or `additionalProperties: \
         false` says so; if it may be, one object with all members as optional ones keeps everything.";
    PARAMETER_TYPE = "S0204" Note "a parameter is a text or a map for want of a type",
        "The schema of the parameter can't be had as a type, or says nothing. The argument is a text that is sent as it is \
         given, a list of such texts, or a map from names to values, as far as the schema says which.";
    RESERVED_HEADER = "S0205" Note "a header parameter is ignored",
        "Parameters for the headers `Accept`, `Content-Type` and `Authorization` are ignored (OpenAPI 3.0.3, section \
         4.7.12.2): media types and credentials say what they hold.";
    QUERY_STRING = "S0206" Warning "a query as a whole is left out, or not written as it says",
        "A parameter `in: querystring` (OpenAPI 3.2.0, section 4.12.1) is all of the query. One of \
         `application/x-www-form-urlencoded` needs a schema of an object, whose members are the query's parameters then; without \
         it the parameter is left out, and `with_options(|options| options.query(name, value))` sends what it may be. What \
         `encoding` says of its members is ignored: lists repeat their names, and objects in it are JSON.";
    UNSENDABLE_NAME = "S0207" Warning "a parameter has a name that can't be sent",
        "The name of a header is a token: letters, digits and a few signs (RFC 9110, section 5.1), and that of a cookie ends \
         before a blank, a `;` or a `=` (RFC 6265, section 4.1.1). No request could have this one, and the parameter is left \
         out. An overlay can mend the name.";
    REPEATED_PARAMETER = "S0208" Note "a query parameter is a list by its name",
        "`ids[]=1&ids[]=2` is how many services take a list, and some descriptions have the schema of one value for it. The \
         argument is a list of such values, each sent under this name. An overlay that makes the schema an `array` says the same.";
    HEADER_AS_JSON = "S0209" Note "a header is sent as JSON",
        "A header of an object is written in the style `simple`: `R,100,G,200` (OpenAPI 3.0.3, section 4.7.12.3). What an object \
         in it would be, or a list, no style says; and services that have such headers read JSON. So it is sent, unless the \
         parameter names a `style` or `explode`. A parameter with `content` says it itself.";
    BODY_MEDIA_TYPE = "S0301" Warning "a request body, or a part of one, is sent as the caller wrote it",
        "Bodies of `application/json` and `…+json` are written out of types, and so are `application/x-www-form-urlencoded` where \
         the schema is of objects, `multipart/form-data` where it has known members, and `application/jsonl` and \
         `application/x-ndjson` where a schema says what each line is. Of XML and other structured text the \
         caller gives the whole text, of all else the bytes, and of bodies in other parts the bytes and the media type that has \
         their boundary. An object in a part is sent as JSON whatever its `contentType` says.";
    ANSWER_MEDIA_TYPE = "S0302" Warning "an answer is given as it came",
        "Answers of `application/json` and `…+json` are read into types, and so are the data of `text/event-stream`, the lines \
         of `application/jsonl` and `application/x-ndjson`, and the records of `application/json-seq`. Of XML and other \
         structured text, and of plain text whatever its schema says, the caller gets the whole text, and of all else the bytes. \
         `send().raw()` gives the body while it comes. Where nothing tells events of several shapes apart by their names, the data is the text that came.";
    ANSWERS_DIFFER = "S0303" Warning "streams of different values are read as one",
        "Successes (`2XX`) of different shapes are an enum, whose variants the status tells apart. The values of a stream have one \
         type: where several successes are streams of different values, those of the first are read.";
    NO_SUCCESS = "S0304" Warning "an operation describes no success",
        "No `2XX` and no `default` is among its responses. The operation is there and answers nothing.";
    BODY_IGNORED = "S0305" Warning "a request body is ignored",
        "Until OpenAPI 3.1, the bodies of GET and HEAD requests are ignored (3.0.3, section 4.7.10.1). Where a service reads \
         them all the same, the description can say `openapi: 3.1.0`, where they are sent. TRACE requests have none (RFC 9110, \
         section 9.3.8).";
    PART_HEADERS = "S0306" Note "headers of a part are not sent",
        "The parts of a form have no headers but `Content-Disposition` and `Content-Type` (RFC 7578, section 4.8). The `headers` \
         of an encoding are ignored, as servers have to ignore such headers.";
    PARTS_WITHOUT_FILES = "S0307" Note "no part of a body is a file",
        "A `multipart/form-data` body is there for its files as a rule, and a member is a file where its schema says `format: \
         binary` (OpenAPI 3.0.3, section 4.7.14.4; from 3.1 on also a `contentMediaType` of bytes, or no type). A member that is any \
         `string` is sent as text, without a file name. An overlay can add the format: \
         `{target: \"$.….properties.file\", update: {format: binary}}`.";
    BODY_OTHERS = "S0308" Note "a request body is sent as one of several media types that say different things",
        "Of the media types of a body the client sends one: JSON before forms, those before parts, text and bytes. Another \
         one with a schema of its own is sent where the configuration says so in `[bodies]`: `createImage = \
         \"multipart/form-data\"`. What isn't chosen is left to `client.request(method, path)`.";
    ANSWER_OTHERS = "S0309" Note "an answer is asked for as one of several media types that say different things",
        "Of the media types of an answer the client asks for one: JSON before text, text before bytes; for bytes of every kind at \
         once. Another one with a schema of its own, or bytes, can be had by `client.request(method, path)` with an `accept` \
         header; where it is the one that is wanted, an overlay can take away the others.";
    STREAM_UNSAID = "S0312" Note "an operation can be asked for a stream, and nothing says what it holds",
        "A boolean member `stream` of the body, or a query parameter of that name, asks for a stream, and no answer of the \
         operation has a media type of one. The client reads it as what the caller says: `.send().raw().await?.events::<T>()`. \
         `[streams]` in the configuration gives the operation a method `stream`: `chat = { item = \"ChatEvent\" }`.";
    NO_MEDIA_TYPE = "S0311" Warning "a key of `content` is no media type",
        "The keys of `content` are media types or ranges of them (OpenAPI 3.0.3, section 4.7.14.1), such as \
         `application/json`. Anything else beside one is ignored: most often the members of an object got there, which belong \
         into its `schema`. Where there is nothing else, it is as if it were `*/*`: JSON, where the schema has parts, and bytes \
         otherwise.";
    REDIRECTS = "S0310" Note "an operation answers with a redirect alone",
        "A `3XX` that points somewhere else is among its responses, and no success. Redirects are errors that say where they point, \
         unless the caller has them followed: `with_options(|options| options.max_redirects(1))`. What is there then is given as \
         bytes, or as a stream of them by `.send().raw()`.";
    OWN_SERVERS = "S0401" Note "an operation is served elsewhere than the rest",
        "The path item or operation has `servers` of its own, and the client sends its requests to the first of them. A base \
         URL that the caller gives takes these too, for a test's server or a proxy stands for all; \
         `ClientBuilder::keep_servers` leaves them where they are.";
    RELATIVE_SERVER = "S0402" Warning "the server's address is not whole",
        "It is relative to where the description is served (OpenAPI 3.0.3, section 4.7.5.1), which a client can't know, or \
         it has a variable that has no default, or one with a character that no address has, such as a space (RFC 3986, \
         section 2). The caller must give the base URL, or set the variables that have no default.";
    OTHER_SERVERS = "S0407" Note "only the first server is used",
        "The client goes to the first address of `servers` unless its caller gives another base URL; where that is by `http` and the \
         same one is there by `https`, it goes to this. In 2.0, there is one for each of the `schemes`, and one by TLS is the first.";
    CLEAR_SERVER = "S0413" Warning "credentials are not sent to the server's address",
        "The address begins with `http://`, so that everybody on the way can read what is sent there, and the client refuses to \
         send credentials to any but this machine. If the service answers by TLS, as nearly all do, an overlay can mend the \
         address; else the caller must give a base URL.";
    SECURITY_SCHEME_UNSUPPORTED = "S0403" Warning "a security scheme is not supported",
        "Bearer, Basic and all other HTTP schemes whose credentials the caller can bring, API keys, and OAuth 2 and OpenID \
         Connect tokens are supported. Schemes that answer a challenge of the server, such as `digest`, are not, and \
         neither are names of headers and cookies that can't be sent (RFC 9110, section 5.1). \
         Alternatives that need one are left out; where none is left, the operation is called without credentials, but for \
         those that its caller puts into the headers.";
    SECURITY_UNSAID = "S0411" Note "nothing says which operations need the security schemes",
        "Schemes are described, and neither the description nor any operation has `security`. To the letter no operation needs \
         any (OpenAPI 3.0.3, section 4.8.1); but the schemes are there for something. The client sends the credentials that its \
         caller gives with every request, and none where there are none. `security: [{name: []}]` at the root of the description, \
         by an overlay, says that they are needed.";
    PARAMETER_IS_CREDENTIAL = "S0412" Note "a parameter is a credential",
        "A security scheme of the description sends its credential in the same place, under the same name. The caller sets it \
         once, when the client is built, and not with each call; the operation needs it where the parameter is required, \
         whatever `security` says. `security: []` on the operation says that the parameter is one of its own. Where no scheme is \
         sent as the header `Authorization` and parameters are there for it, the client has a credential for it too, which is \
         sent where the caller gives it: all of the header, such as `Bearer …`.";
    ONE_OF_CREDENTIALS = "S0414" Note "credentials that are needed together go to one place",
        "A requirement that names several schemes needs all of them (OpenAPI 3.0.3, section 4.7.30), and a request has one \
         header `Authorization`, one parameter of a name. So each of those that go to the same place is enough; the caller gives \
         the one that there is.";
    CLIENT_CERTIFICATE = "S0408" Note "client certificates are the transport's",
        "`mutualTLS` (OpenAPI 3.1.0, section 4.8.27) asks for a certificate when the connection is made. Nothing of it is in \
         a request, so that the scheme needs no credential: give the certificate to the default transport \
         (`ClientBuilder::transport_settings`), or the client a transport of yours that has it.";
    INCOMING_MEDIA_TYPE = "S0404" Note "the body of a webhook or callback is not JSON",
        "Webhooks and callbacks are requests from the service to whoever asked for them. Their JSON bodies are types to decode; \
         for bodies of other media types nothing is generated.";
    DEFAULT_MAPPING_UNUSED = "S0410" Note "the default mapping of a discriminator is not used",
        "`defaultMapping` (OpenAPI 3.2.0, section 4.26) names the branch of objects whose discriminator is missing or unknown. \
         It is used where it is a branch of the union with the discriminator among its members; else such objects are kept as \
         they come.";
    PATH_NOT_SPLIT = "S0405" Warning "a path can't be taken apart",
        "A path template is texts and variables in braces and nothing else (OpenAPI 3.0.3, section 4.7.8), and parameters go into \
         `parameters`. Each brace needs its other. A query in it is read where each of its values is a text or a variable as a \
         whole; else the operations of the path are left out.";
    PATH_SPLIT = "S0406" Note "a path has a query or a fragment",
        "A path template is a path and nothing else (OpenAPI 3.0.3, section 4.7.8); descriptions of Azure have such paths in \
         `x-ms-paths`, which is read as more of `paths`. What stands behind `?` is part of each \
         request, and variables in it are query parameters. What stands behind `#` tells operations apart and is never sent \
         (RFC 9110, section 4.2.5).";
}
