// Prints a line of JSON for each scenario below the first argument (the folder of compiled mock APIs): where it stands, and what
// is asked and answered, with the server's address (the second argument) in place.
import { expandDyns } from "@typespec/spec-api";
import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [specs, baseUrl] = process.argv.slice(2);
const config = { baseUrl };

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : entry.name === "mockapi.js" ? [path] : [];
  });
}

const plain = (value) => (value === undefined ? undefined : expandDyns(value, config));

// Bytes as base64, text as it is.
function content(raw) {
  if (Buffer.isBuffer(raw)) return { base64: raw.toString("base64") };
  if (raw === undefined || raw === null) return {};
  return { text: typeof raw === "string" ? raw : String(raw.serialize(config)) };
}

function body(of) {
  if (of === undefined) return undefined;
  if (of.kind === "multipart") {
    const parts = (of.files ?? []).map((file) => ({
      name: file.fieldname,
      file: file.originalname,
      type: file.mimetype,
      ...content(file.buffer),
    }));
    return { type: of.contentType, parts: plain(of.parts) ?? {}, files: parts };
  }
  const chunks = of.streamChunks?.map((chunk) => Buffer.from(chunk));
  // A mock API has a text as JSON, whatever is sent.
  const resolved = of.rawContent?.resolve?.(config);
  const words = typeof resolved === "string" ? resolved : undefined;
  return { type: of.contentType, plain: words, ...content(chunks ? Buffer.concat(chunks).toString() : of.rawContent) };
}

for (const file of files(specs).sort()) {
  const { Scenarios } = await import(pathToFileURL(resolve(file)));
  const spec = relative(specs, file).replaceAll("\\", "/").replace(/\/mockapi\.js$/, "");
  for (const [name, { apis }] of Object.entries(Scenarios ?? {})) {
    const calls = apis.map(({ uri, method, request, response }) => ({
      uri,
      method,
      query: plain(request?.query) ?? {},
      headers: plain(request?.headers) ?? {},
      path: plain(request?.pathParams) ?? {},
      body: body(request?.body),
      answer: { status: response.status, headers: plain(response.headers) ?? {}, body: body(response.body) },
    }));
    console.log(JSON.stringify({ spec, name, calls }));
  }
}
