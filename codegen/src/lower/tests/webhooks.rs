//! What the service sends.

use super::*;

#[test]
fn bodies_of_webhooks_and_callbacks_are_types() {
    let text = r"
openapi: 3.1.0
info: {title: T, version: '1'}
webhooks:
  newPet:
    summary: Not said
    description: A pet.
    post: {summary: S, requestBody: {content: {application/json: {schema: {type: object, properties: {owner: {type: object, properties: {n: {type: string, readOnly: true}}}}}}}}}
  gone: {$ref: '#/components/pathItems/gone'}
  form: {post: {requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}}}
  empty: {get: {}}
  broken: {post: {requestBody: 7}}
  lost: {post: {requestBody: {$ref: '#/nowhere'}}}
x-webhooks:
  old: {post: {requestBody: {content: {application/json: {schema: {type: [array, 'null'], items: {$ref: '#/components/schemas/Pet'}}}}}}}
paths:
  /a:
    post:
      responses: {'204': {description: D}}
      callbacks:
        done: {$ref: '#/components/callbacks/done'}
        wrong: 7
components:
  schemas:
    Pet: {type: object, required: [id], properties: {id: {type: string, writeOnly: true}}}
    Unused: {type: string}
  pathItems:
    gone: {summary: Gone, description: It is gone., put: {requestBody: {$ref: '#/components/requestBodies/gone'}}}
  requestBodies:
    gone: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  callbacks:
    done:
      '{$request.body#/url}':
        description: Done.
        post:
          requestBody: {content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}
          callbacks: {done: {$ref: '#/components/callbacks/done'}}
";
    insta::assert_snapshot!(shown(text), @r#"
    type /components/callbacks/done/{$request.body#~1url}/post/requestBody/content/application~1json/schema <- body of /paths/~1a/post/callbacks/done/{$request.body#~1url}/post: struct
      x: String
    type Pet <- component Pet: struct
      id: String
    type /webhooks/newPet/post/requestBody/content/application~1json/schema <- body of /webhooks/newPet/post: struct
      owner: /webhooks/newPet/post/requestBody/content/application~1json/schema/properties/owner
    type /webhooks/newPet/post/requestBody/content/application~1json/schema/properties/owner <- member owner of /webhooks/newPet/post/requestBody/content/application~1json/schema: struct
      n: String
    POST /a (-)
      -> nothing
    webhook done POST of /paths/~1a/post at {$request.body#/url}: /components/callbacks/done/{$request.body#~1url}/post/requestBody/content/application~1json/schema "Done."
    webhook gone PUT: Pet "Gone" "It is gone."
    webhook newPet POST: /webhooks/newPet/post/requestBody/content/application~1json/schema "S" "A pet."
    webhook old POST: [Pet] or null
    warning N0104 #/paths/~1a/post/callbacks/wrong: `wrong` must be a callback (a mapping), and is a number
    warning N0103 #/webhooks/broken/post/requestBody: `requestBody` must be a request body (a mapping), and is a number
    note S0404 #/webhooks/form/post/requestBody/content: what is sent here is `application/x-www-form-urlencoded`; nothing is generated to read it
    warning R0102 #/webhooks/lost/post/requestBody/$ref: `$ref` points to nothing: there is no `#/nowhere`
    "#);
}

#[test]
fn what_stands_in_both_places_is_one_webhook() {
    let text = "
openapi: 3.1.0
info: {title: T, version: '1'}
webhooks:
  a: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
x-webhooks:
  a: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
  b: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
";
    let dump = shown(text);
    let webhooks: Vec<&str> = dump.lines().filter(|line| line.contains("webhook ")).map(str::trim).collect();
    assert_eq!(webhooks, ["webhook a POST: String", "webhook b POST: String"]);
}

#[test]
fn a_description_may_have_nothing_but_webhooks() {
    let text = r"
openapi: 3.1.0
info: {title: T, version: '1'}
webhooks:
  a: {post: {requestBody: {content: {application/json: {schema: {type: object, properties: {x: {type: string}}}}}}}}
";
    insta::assert_snapshot!(shown(text), @"
    type /webhooks/a/post/requestBody/content/application~1json/schema <- body of /webhooks/a/post: struct
      x: String
    webhook a POST: /webhooks/a/post/requestBody/content/application~1json/schema
    ");
}
