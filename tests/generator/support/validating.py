"""Small specs for the tests of validation."""

from __future__ import annotations

from textwrap import indent

from support import nodes

from generator.document import Map
from generator.validate import validate


def spec(operation: str, path: str = "/things") -> str:
    """A valid spec of one operation; the lines given are added to that operation, at line 7."""
    head = f"""\
openapi: 3.1.0
info: {{title: t, version: '1'}}
paths:
  {path}:
    get:
      responses: {{'200': {{description: OK}}}}
"""
    return head + indent(operation, "      ") + ("\n" if operation else "")


def findings(root: Map | str) -> list[str]:
    """The findings in a spec, as they are printed."""
    return [str(finding) for finding in validate(nodes(root) if isinstance(root, str) else root)]


def codes(root: Map | str) -> list[str]:
    """The codes of the findings in a spec."""
    return [finding.code for finding in validate(nodes(root) if isinstance(root, str) else root)]


def found(root: Map | str, code: str) -> str:
    """The one finding of a code, as it is printed."""
    every = validate(nodes(root) if isinstance(root, str) else root)
    assert [finding.code for finding in every].count(code) == 1, every
    return str(next(finding for finding in every if finding.code == code))


def valid() -> Map:
    """A spec that uses nearly everything and has nothing wrong with it."""
    return nodes(VALID)


VALID = """\
openapi: 3.1.0
info: {title: Things, version: '1', license: {name: MIT}, contact: {name: us}}
servers: [{url: 'https://{host}.example', variables: {host: {default: api, enum: [api]}}}]
security: [{key: []}]
tags: [{name: things, description: Things}]
externalDocs: {url: https://docs.example}
x-anything: {in: nowhere}
paths:
  /:
    options: {x-resource: root, x-method: options_root, responses: {default: {description: OK}}}
  /v3/things/{thing-id}/:
    summary: Things
    servers: [{url: https://other.example}]
    parameters:
      - {name: thing-id, in: path, required: true, schema: {type: string}}
      - {name: page, in: query, schema: {type: integer}}
    get:
      operationId: Things_Get
      x-resource: things
      x-method: get
      x-effect: safe
      x-may-be-empty: true
      x-source: {document: a.yaml, pointer: /paths/x, overlays: [b.yaml]}
      tags: [things]
      deprecated: true
      security: [{key: [], token: [read]}, {}]
      parameters:
        - {$ref: '#/components/parameters/Page'}
        - {name: page, in: header, schema: {type: integer}, style: simple}
        - {name: X-Trace, in: header, schema: {type: string}, example: a}
        - {name: session, in: cookie, schema: {type: string}, style: form}
        - {name: filter, in: query, content: {application/json: {schema: {type: object}}}}
        - {name: fields, in: query, schema: {type: array}, style: form, explode: false}
      responses:
        '200':
          description: OK
          headers: {x-rate-limit: {$ref: '#/components/headers/Limit'}}
          content:
            application/json; charset="utf-8": {schema: {$ref: '#/components/schemas/Thing'}}
            '*/*': {schema: {}, example: 1}
          links: {next: {operationId: Things_Get, parameters: {page: $response.body#/next}}}
        '303': {description: See other, headers: {Location: {schema: {type: string}}}}
        4XX: {$ref: '#/components/responses/Problem'}
        default: {description: Else}
    post:
      operationId: Things_Change
      x-resource: things
      x-method: change
      x-effect: spends
      requestBody:
        required: true
        content:
          multipart/form-data:
            schema: {type: object, properties: {file: {type: string}}}
            encoding: {file: {contentType: image/png, headers: {X-A: {schema: {type: string}}}}}
      callbacks:
        done:
          '{$request.body#/url}':
            post:
              requestBody: {$ref: '#/components/requestBodies/Thing'}
              responses: {'204': {description: OK}}
      responses: {'204': {description: Done}, x-note: 1}
    trace: {x-resource: things, x-method: trace, responses: {'2XX': {description: OK}}}
webhooks:
  new: {post: {responses: {'200': {description: OK}}}}
components:
  parameters:
    Page: {name: page, in: query, schema: {$ref: '#/components/schemas/Number'}}
  headers:
    Limit: {schema: {type: integer}}
  responses:
    Problem: {description: Wrong, content: {application/problem+json: {schema: {type: object}}}}
  requestBodies:
    Thing: {content: {text/plain: {schema: {type: string}, examples: {a: {value: 1}}}}}
  examples:
    a: {value: 1}
  securitySchemes:
    key: {type: apiKey, in: header, name: Api-Key}
    bearer: {type: http, scheme: bearer, bearerFormat: JWT}
    token:
      type: oauth2
      flows: {clientCredentials: {tokenUrl: 'https://a.example/token', scopes: {read: Reading}}}
  schemas:
    Number: {type: [integer, 'null'], minimum: 1}
    Any: true
    Thing:
      type: object
      required: [id]
      discriminator: {propertyName: kind, mapping: {other: '#/components/schemas/Other'}}
      properties:
        id: {type: string, description: Its id}
        kind: {const: thing}
        $ref: {type: string}
        x-method: {type: string}
        parent: {$ref: '#/components/schemas/Thing'}
        first: {$ref: '#/components/schemas/Thing/properties/id'}
        any: {$ref: '#/components/schemas/Any'}
    Other:
      allOf:
        - {$ref: '#/components/schemas/Thing'}
        - {type: object, properties: {more: {type: array, prefixItems: [{type: string}]}}}
"""
