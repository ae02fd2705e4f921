//! A description of any size: `operations` operations, ten a tag, each with parameters, an answer of its own and an error.

use std::fmt::Write as _;

/// The description as YAML.
pub(crate) fn description(operations: usize) -> String {
    let mut out = String::from(
        "openapi: 3.0.3\ninfo:\n  title: Synthetic API\n  version: 1.0.0\nservers:\n  - url: https://api.example.com/v1\n\
         security:\n  - token: []\npaths:\n",
    );
    for index in 0..operations {
        let _ = write!(
            out,
            "  /group{group}/things{index}/{{id}}:
    get:
      operationId: get_thing_{index}
      tags: [Group {group}]
      summary: Fetch thing {index}
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}, description: ID of the thing.}}
        - {{name: page, in: query, schema: {{type: integer}}, description: Page of the results.}}
        - {{name: state, in: query, schema: {{$ref: '#/components/schemas/State{index}'}}}}
      responses:
        '200':
          description: The thing.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Thing{index}'}}
        4XX:
          description: The call failed.
          content:
            application/json:
              schema: {{$ref: '#/components/schemas/Problem'}}
",
            group = index / 10,
        );
    }
    out.push_str(
        "components:
  securitySchemes:
    token: {type: http, scheme: bearer}
  schemas:
    Problem:
      type: object
      properties:
        message: {type: string, description: What went wrong.}
",
    );
    for index in 0..operations {
        let _ = write!(
            out,
            "    State{index}:
      type: string
      enum: [active, paused, deleted]
    Thing{index}:
      type: object
      description: Thing number {index} of the *synthetic* API.
      required: [id, name]
      properties:
        id: {{type: string, description: ID of the thing.}}
        name: {{type: string, description: Name of the thing.}}
        state: {{$ref: '#/components/schemas/State{index}'}}
        size: {{type: integer, minimum: 0}}
        ratio: {{type: number}}
        enabled: {{type: boolean}}
        labels: {{type: object, additionalProperties: {{type: string}}}}
        related: {{type: array, items: {{$ref: '#/components/schemas/Thing{index}'}}}}
        owner:
          type: object
          properties:
            email: {{type: string, nullable: true}}
            createdAt: {{type: string, format: date-time}}
",
        );
    }
    out
}
