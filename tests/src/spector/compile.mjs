// Compiles every spec (a folder with a main.tsp) below the first argument to OpenAPI, each into a folder of the same name below
// the second; the third is OpenAPI's version. Prints a line of JSON for each: its name, its files, and what was said.
import { compile, NodeHost } from "@typespec/compiler";
import { getOpenAPI3 } from "@typespec/openapi3";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const [specs, out, version] = process.argv.slice(2);

// The emitter looks for the examples of a parameter in a plain object, and takes the function `Object` for those of one that
// is called `constructor`. Of no length it holds none, and the emitter doesn't crash.
Object.defineProperty(Object, "length", { value: 0 });

function folders(folder) {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const own = existsSync(join(folder, "main.tsp")) ? [folder] : [];
  return own.concat(below.flatMap((entry) => folders(join(folder, entry.name))));
}

// The documents of a spec, by file name: one, or one for each version. The function and not the command, which writes nothing
// of a spec where one operation is wrong.
async function documents(program, said) {
  const records = await getOpenAPI3(program, { "openapi-versions": [version] });
  const all = records.flatMap((record) =>
    record.versioned ? record.versions.map((of) => [`openapi.${of.version}.json`, of]) : [["openapi.json", record]],
  );
  for (const [, { diagnostics }] of all) {
    said.push(...diagnostics);
  }
  return all;
}

for (const folder of folders(specs).sort()) {
  const name = relative(specs, folder).replaceAll("\\", "/");
  const into = join(out, name);
  const said = [];
  const files = [];
  try {
    const program = await compile(NodeHost, join(folder, "main.tsp"), { noEmit: true });
    said.push(...program.diagnostics);
    for (const [file, { document }] of await documents(program, said)) {
      mkdirSync(into, { recursive: true });
      writeFileSync(join(into, file), JSON.stringify(document, null, 2) + "\n");
      files.push(file);
    }
  } catch (error) {
    said.push({ severity: "error", code: "crash", message: String(error).split("\n")[0] });
  }
  const lines = said.map(({ severity, code, message }) => `${severity} ${String(code).split("/").pop()}: ${message}`);
  console.log(JSON.stringify({ name, files, said: [...new Set(lines)] }));
}
