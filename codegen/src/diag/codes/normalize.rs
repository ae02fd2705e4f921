//! `N`: whether a description is one, and bringing it to one form.

use crate::diag::code::{Code, Severity};

codes! {
    VERSION_MISSING = "N0001" Error "the document does not say that it is an OpenAPI description",
        "An OpenAPI description is a mapping whose member `openapi` names the version of the specification, such as \
         `openapi: 3.0.3` (OpenAPI 3.0.3, section 4.7.1); version 2.0 says `swagger: \"2.0\"`. Nothing else can be read \
         before that is known.";
    VERSION_UNSUPPORTED = "N0002" Error "this version of OpenAPI is not read",
        "Descriptions that say `swagger: \"2.0\"`, or `openapi` with 3.0, 3.1 or 3.2, are read. Older ones say everything in \
         other ways: convert them with a tool that you trust.";
    MISSING_MEMBER = "N0101" Error "a required member is missing",
        "The specification says that this object must have the member, and there is no reading of the description without \
         it. Add it; `clientwright` names the section of OpenAPI 3.0.3 that asks for it.";
    MISSING_MEMBER_FILLED = "N0102" Warning "a required member is missing and read as empty",
        "The specification says that this object must have the member. It only documents, so that the description can be \
         read without it: the text is taken as empty. The name of a query as a whole (`in: querystring`) only documents, too.";
    WRONG_TYPE = "N0103" Error "a value has the wrong JSON type",
        "The specification says what JSON type this value has, and what the description means can't be told from another \
         one. A member `type` that is a list, a number in `exclusiveMinimum` and a boolean as a schema are OpenAPI 3.1: say \
         `openapi: 3.1.0` if that is what the description is.";
    WRONG_TYPE_IGNORED = "N0104" Warning "a value has the wrong JSON type and is ignored",
        "The specification says what JSON type this value has. It documents or restricts only, so that the description is \
         read as if it were not there.";
    WRONG_VALUE = "N0105" Error "a value is none of those that the specification lists",
        "The specification lists the texts that may stand here, and they are compared letter by letter. The help line shows \
         the one that is most like what was written.";
    UNKNOWN_MEMBER = "N0106" Warning "an object has a member that the specification does not know",
        "The member has no effect. Extensions begin with `x-`; anything else is most often a slip of the pen, or a member of \
         a newer version of OpenAPI than the description says it is.";
    SCALAR_AS_TEXT = "N0107" Warning "a number or boolean stands where a text must be",
        "YAML reads `1.10` as a number and `true` as a boolean unless they are quoted. The characters that were written are \
         taken as the text: `version: 1.10` is \"1.10\". Quote the value so that every tool reads it so.";
    REQUIRED_BOOLEAN = "N0108" Warning "`required` of a schema is a boolean",
        "In a schema, `required` is the list of the members that must be there, and it stands beside `properties` (OpenAPI \
         3.0.3, section 4.7.24.1). `required: true` inside a member's schema has no effect; put the member's name into \
         the list of the object that it belongs to.";
    TYPE_INFERRED = "N0109" Note "a schema without `type` is read as the type that its members speak of",
        "`properties` and `items` restrict objects and lists only, and `minLength`, `maximum`, a `format` of texts and the like \
         their own types; a schema that has them and no `type` allows every other JSON type too. That is hardly ever meant, \
         and the schema is read as if it had the `type`; so is one that lists values of one type in `enum`, \
         and one with values of several is a union of these types. Write the `type` to be read the same everywhere.";
    BAD_PATH = "N0110" Error "a path does not begin with a slash",
        "Every key of `paths` is appended to the server's address and must begin with `/` (OpenAPI 3.0.3, section 4.7.8.1).";
    BAD_STATUS = "N0111" Error "a key of `responses` is no status code",
        "The keys of `responses` are `default`, a status code between 100 and 599, or a range such as `4XX` (OpenAPI 3.0.3, \
         section 4.7.16).";
    BAD_ENUM_VALUE = "N0112" Warning "a value of an `enum` can't be of the schema's type",
        "A list or a mapping among the values of a `type: string` can never occur, and the value is ignored. Where all values are \
         texts and the type is one of numbers or booleans, the values are what the service has, and the type is taken for \
         `string`; whole numbers in quotes are taken for what they are without.";
    KEYWORD_IGNORED = "N0113" Note "a keyword that only restricts values is ignored",
        "The keyword says which values are fine (JSON Schema 2020-12), and no Rust type can say it. Values are not checked \
         against it, so that the generated type is the same as without it. Members that only `then`, `else`, \
         `dependentSchemas` or `dependencies` declare are there at times: they are optional members of the object, whatever these require.";
    OWN_KEYWORD = "N0133" Note "a schema has a keyword that JSON Schema does not know",
        "From OpenAPI 3.1 on, a schema may have keywords of other vocabularies, or of one's own, that say nothing of values to those \
         who don't know them (JSON Schema 2020-12, section 6.5). The keyword has no effect. One that looks like a slip of the \
         pen is a warning (`N0106`).";
    FALSE_SCHEMA = "N0114" Note "no value fits a schema",
        "The schema is `false`: a member with it can't occur in a valid document. It is read as if it could be anything, so \
         that nothing is lost where it occurs all the same.";
    TYPES_BESIDE_COMPOSITION = "N0115" Note "a list of types beside a composition is ignored",
        "A list of several types holds together with the `allOf`, `oneOf` or `anyOf` beside it, and its branches say their \
         types more closely. The list is not checked.";
    TUPLE = "N0123" Note "a tuple is read as a list",
        "The items of a list have a schema each, by their places (`prefixItems`, JSON Schema 2020-12, section 10.3.1.1; a list \
         of `items` before), and it may have fewer items or more. It is read as a list whose items are any of these, wherever \
         they stand. One that has just so many (`items: false` without a lower `minItems`, or `minItems` and `maxItems`) is a \
         tuple.";
    PATTERNS_DIFFER = "N0124" Note "members are not matched against patterns",
        "Names of members are not matched against `patternProperties` (JSON Schema 2020-12, section 10.3.2.2): members that have \
         no name in `properties` are what the schemas of all patterns, and that of other members, say where that is the same. \
         Where it is not, and where other members may be anything, each is a `serde_json::Value`, kept as it comes. A schema \
         with patterns alone, which doesn't say what else there may be, is read as if there were nothing else.";
    DYNAMIC_REFERENCE = "N0121" Note "a dynamic reference is read as a plain one",
        "`$dynamicRef` (JSON Schema 2020-12, section 8.2.3.2) leads to the outermost schema with its `$dynamicAnchor`, which \
         depends on where validation began. It is read as what it means where nothing overrides it: a `$ref` to the schema \
         with that name. So is `$recursiveRef` (JSON Schema 2019-09, section 8.2.4.2.1): a `$ref` to the next schema around it \
         that has `$recursiveAnchor: true`.";
    NULL = "N0122" Warning "null stands where it can mean nothing",
        "Nothing is written behind a name, which is null in YAML, or null is written where something of another kind must be. \
         A member that has its name from the specification is read as if it were not there; what the description has named \
         itself, such as a response or a schema, is read as if it were empty. Null as a value (`example`, `default`, `enum`, \
         `const`) is what it is.";
    LISTS_IN_LISTS = "N0125" Warning "the lists in a list are sent as JSON",
        "In OpenAPI 2.0, each list in a list has a `collectionFormat` of its own (Items Object), such as `csv` in `pipes`, and \
         `csv` where nothing is said: `1,2|3,4`. The outer list is written so, and each of its items as a JSON text: \
         `[1,2]|[3,4]`. Where the server reads nothing but the other, give the parameter as a `type: string` by an overlay.";
    LIST_AS_TEXT = "N0126" Warning "a list is a text that the caller writes",
        "OpenAPI 2.0 has more ways to write a list than any later version: separated by tabs (`tsv`), and by blanks or bars (`ssv`, \
         `pipes`) in paths and headers too; and `multi` is of queries and forms alone. The parameter is a \
         text, in which the caller puts what stands between the elements.";
    METHOD_IGNORED = "N0117" Warning "an additional operation has no method of its own",
        "The names in `additionalOperations` (OpenAPI 3.2.0, section 4.9) are the methods that are sent, such as `COPY`: letters, \
         digits and a few signs (RFC 9110, section 9.1), and none that a path item has a member for. The operation is left out.";
    SINGLE_VALUE = "N0129" Warning "one value stands where a list must be",
        "Tags, servers, parameters, security requirements, the branches of a composition and the like are lists, also where there \
         is but one of them (OpenAPI 3.0.3, section 4.7). A single value that can be nothing but an element of the list is read \
         as a list of it. Other tools may refuse the description, or ignore the value.";
    SPELT_OTHERWISE = "N0130" Warning "a name or a word is read as the one that it can only be meant as",
        "The names of members and the words that the specification lists are compared letter by letter, but `GET`, `operationID`, \
         `request_body`, `in: Header`, `type: String`, `type: int` or `required: \"true\"` can be meant in one way only, and are \
         read so. So are formats as types: `type: date` is a `string` of that format. A member that is there under its own \
         name as well is the one that is read. Other tools may refuse the description, or ignore what is written so.";
    OLDER_WAY = "N0131" Warning "what is written as OpenAPI 2.0 has it is read as it is meant there",
        "Descriptions that were brought from 2.0 to 3.0 by hand often keep some of its ways: a `type` beside the `in` of a parameter, \
         parameters `in: body` and `in: formData`, the `schema` of a response without a media type, a text as `discriminator`, \
         `type: basic` and `flow` of security schemes, `securityDefinitions`, `host`. None of these has another meaning in 3.0. A body \
         without a media type is JSON, or what `consumes` or `produces` say; these are read for nothing else. Other tools may ignore what is written so.";
    SHORT_FORM = "N0132" Warning "a part stands in place of what must hold it",
        "The address of a server, the name of a tag or of a security scheme, the type of a schema or an address of something stands \
         where an object with it must be; or a schema stands in place of the media type, the response or the request body that it is \
         the schema of. It is read as that object, and a body as JSON. Other tools may refuse the description, or ignore what is \
         written so.";
    PATH_WITHOUT_SLASH = "N0128" Warning "a path without a slash in front is read as if it had one",
        "Every key of `paths` is appended to the server's address and must begin with `/` (OpenAPI 3.0.3, section 4.7.8.1). What \
         has operations and is no URL can only be meant so.";
    NEWER_MEMBER = "N0127" Warning "a member of a newer version of OpenAPI is read as it is meant there",
        "OpenAPI 3.0 has no `const`, no lists of types and no numbers as exclusive bounds, and yet there is nothing else that \
         they could mean: a `const` is read as an `enum` of that one value, and of a list of types each is one that the value \
         may be, null among them; `prefixItems`, or a list as `items`, is what a tuple has. So it is with `itemSchema`, what a \
         stream holds, before 3.2. Other tools may read the description without it: write it as 3.0 has it (`enum`, `nullable: \
         true`, `anyOf`, `exclusiveMinimum: true`), or say the version that has it in `openapi`.";
    UNDECLARED_PATH_PARAMETER = "N0201" Warning "a path template names a parameter that is not there",
        "Every `{name}` of a path must be a parameter `in: path` of each of its operations, of the operation itself or of \
         its path item (OpenAPI 3.0.3, section 4.8.2). It is read as one that is a text.";
    UNUSED_PATH_PARAMETER = "N0202" Warning "a path parameter is not in the path template",
        "A parameter `in: path` replaces `{name}` in the path (OpenAPI 3.0.3, section 4.7.12.1). The path has no such \
         place, so that the value would go nowhere; the parameter is ignored.";
    DUPLICATE_PARAMETER = "N0203" Warning "two parameters have the same name and location",
        "A list of parameters must not have two of the same `name` and `in` (OpenAPI 3.0.3, section 4.7.10.1). The last one \
         is read. An operation may replace a parameter of its path item.";
    DUPLICATE_OPERATION_ID = "N0204" Warning "two operations have the same `operationId`",
        "`operationId` must be unique in the whole description (OpenAPI 3.0.3, section 4.7.10.1): methods are named by it. \
         These operations are named by it together with their HTTP methods, or by their paths.";
    PARAMETER_WITHOUT_SCHEMA = "N0205" Warning "a parameter has neither `schema` nor `content`",
        "A parameter must say what it holds by one of `schema` and `content` (OpenAPI 3.0.3, section 4.7.12.2). It is read \
         as one that may hold anything.";
    OPTIONAL_PATH_PARAMETER = "N0206" Warning "a path parameter does not say `required: true`",
        "A parameter `in: path` is always needed and must say `required: true` (OpenAPI 3.0.3, section 4.7.12.2). It is \
         read as if it did.";
    WRONG_STYLE = "N0207" Warning "a parameter's style does not go with its location",
        "`matrix`, `label` and `simple` are for paths, `form`, `spaceDelimited`, `pipeDelimited` and `deepObject` for \
         queries, `simple` for headers, `form` and (since OpenAPI 3.2) `cookie` for cookies (OpenAPI 3.0.3, section \
         4.7.12.3). The parameter is read without its style.";
    UNKNOWN_SECURITY_SCHEME = "N0208" Warning "a security requirement names a scheme that is not there",
        "Each name in `security` must be a member of `components.securitySchemes` (OpenAPI 3.0.3, section 4.7.30). The \
         alternative is left out; where none is left, the operation is called without credentials, but for those that its \
         caller puts into the headers.";
    SAME_PATH = "N0209" Warning "two paths are the same but for the names of their parameters",
        "`/pets/{id}` and `/pets/{name}` name the same addresses; the specification calls that invalid (OpenAPI 3.0.3, \
         section 4.7.8.2), and servers tell the two apart by other means, if at all. Both are read as they stand. A path \
         that both `paths` and `x-ms-paths` have is that of `paths`.";
    SCHEMA_AND_CONTENT = "N0210" Warning "a parameter has both `schema` and `content`",
        "A parameter or a header says what it holds by `schema`, written in a style, or by `content`, written as a media type has \
         it; it must have exactly one of the two (OpenAPI 3.0.3, section 4.7.12.2). It is read by its `schema`.";
    LIKE_A_VARIABLE = "N0211" Warning "a part of a path is like a variable and is none",
        "Variables of a path stand in braces (OpenAPI 3.0.3, section 4.7.8.2). `:id` and the `$` of `${id}` are how frameworks and \
         programs write theirs. Where a parameter `in: path` has the name of `:id`, it is read as `{id}`; where none has, it is a text \
         that each request has, and so is the `$`: some services have addresses with them.";
    CANONICAL_FORM = "N0900" Error "the description could not be brought to its canonical form",
        "Everything that was checked was in order, and yet the description could not be read in the end. This is a fault of \
         clientwright's own; please report it with the description.";
}
