//! `R`: references between parts of a description.

use crate::diag::code::{Code, Severity};

codes! {
    UNRESOLVED_REFERENCE = "R0102" Error "`$ref` points to nothing",
        "The text of a `$ref` must be the address of something that exists, such as `#/components/schemas/Pet` (OpenAPI \
         3.0.3, section 4.7.23). Names are compared letter by letter. The same is said of an address in the `mapping` of a \
         discriminator, for which nothing is left out: the value is that of no branch.";
    REFERENCE_MEANT = "R0115" Warning "a `$ref` that points to nothing is read as the one address that it can be meant as",
        "The text of a `$ref` is an address, `#/components/schemas/Pet` (OpenAPI 3.0.3, section 4.7.23), and is compared letter by \
         letter. A name alone, an address in the way of OpenAPI 2.0 or with a slip in it, and one of what a schema around it has in \
         its own `$defs` or `definitions`, are read as what is called so, if just one thing of the kind that is wanted is. Other \
         tools refuse the description.";
    REFERENCE_KIND = "R0103" Error "`$ref` points to something of another kind",
        "Where a schema is wanted, a `$ref` must point to a schema, where a parameter is wanted to a parameter, and so on \
         (OpenAPI 3.0.3, section 4.7.23). What the `mapping` of a discriminator names must be schemas.";
    REFERENCE_LOOP = "R0104" Error "`$ref`s lead to themselves",
        "A reference that leads back to itself through other references never says anything. A schema may contain itself \
         below `properties` or `items`, but it can't be itself. At most 64 references may follow one another.";
    REFERENCE_TO_FILE = "R0105" Error "`$ref` to a file that can't be read",
        "A `$ref` may lead into another file, by a path relative to the file that it stands in, such as \
         `shared/pet.yaml#/components/schemas/Pet`, or to a whole file. The file does not exist, can't be opened, has errors \
         of its own (which are reported at their places), or is more than `[limits]` in the configuration allow for all \
         files together. A schema that needs it is any value, a response bytes, and a parameter is left out. A value of a \
         discriminator's `mapping` that names it is that of no branch; a name that ends as files do, such as `car.yaml`, is \
         taken for one where no component is called so.";
    REFERENCE_TO_URL = "R0106" Error "`$ref` to a URL is never fetched",
        "Nothing is fetched from the network while generating. A schema that needs it is any value, a response bytes, and a \
         parameter is left out. Bundle the description into one file first.";
    REFERENCE_SIBLINGS = "R0107" Note "members beside a `$ref` are ignored",
        "In OpenAPI 3.0, everything beside a `$ref` is ignored (3.0.3, section 4.7.23), but for words and the like (`R0114`). To say more \
         of a referenced schema, wrap it: `allOf: [{ $ref: … }]`.";
    REFERENCE_NOT_ALLOWED = "R0108" Error "a `$ref` stands where none may, and can't be followed",
        "References may only stand where the specification says \"or Reference Object\" (OpenAPI 3.0.3, section 4.7.23): \
         for schemas, parameters, responses, request bodies, headers, examples, links, callbacks, security schemes and path \
         items. Others are followed by putting what they lead to in their place, and this one leads to what holds it, or to \
         more than 1,048,576 values with all others.";
    PATH_ITEM_TWICE = "R0109" Warning "a path item and the one that it refers to say the same",
        "A path item may have members beside its `$ref`, and has those of the path item that the reference leads to as well. \
         Which of the two holds where both have an operation, `parameters` or `servers` is undefined (OpenAPI 3.0.3, section \
         4.7.9.1); what stands beside the `$ref` is taken here. Take one of the two out.";
    REFERENCE_OUTSIDE_FOLDER = "R0110" Error "`$ref` to a file outside the description's folder",
        "Only files in the folder of the root document and below are read, because a description from elsewhere could name any \
         file. Links are followed, and must end there too. To allow other folders, name them in the configuration: \
         `also_read = [\"../common\"]`. Absolute paths and `file:` URLs are never read. A schema that \
         needs one is any value, a response bytes, and a parameter is left out.";
    REFERENCE_FOLLOWED = "R0111" Note "a `$ref` stands where the specification has none, and is followed",
        "The specification has no reference objects for operations, media types, whole mappings and the like, but descriptions \
         of several files often have them, and tools follow such references. It is read as if what it leads to stood here.";
    REFERENCE_NULLABLE = "R0112" Note "`nullable` beside a `$ref` is read",
        "In OpenAPI 3.0, everything beside a `$ref` is ignored (3.0.3, section 4.7.23). Those who write `nullable` there mean it, \
         and a null in an answer would be an error otherwise. Written as the specification has it: \
         `allOf: [{$ref: …}]` with `nullable: true` beside it. In 2.0, `x-nullable` is read as `nullable` is.";
    REFERENCE_TO_ALL = "R0113" Note "`#/` is read as the whole file",
        "A JSON pointer of one slash is the address of a member with an empty name (RFC 6901, section 5), but many tools read \
         it as the whole file, and so it is read here. Write `pet.yaml` or `pet.yaml#` for a whole file.";
    REFERENCE_DESCRIBED = "R0114" Note "what is said of a member beside its `$ref` is read",
        "In OpenAPI 3.0, everything beside a `$ref` is ignored (3.0.3, section 4.7.23). Those who write a \
         `description` there mean it: it is the docs of a member, a parameter, a header, a body or a response. So it is with \
         `deprecated`, `readOnly` and `writeOnly` of a member. Other tools may not read them. Written as the specification has it, \
         for schemas: `allOf: [{$ref: …}]` with the rest beside it.";
}
