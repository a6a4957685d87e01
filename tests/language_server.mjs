// What an editor underlines in a file of facts: the program behind VS Code's YAML extension, asked
// with a line of JSON, [kind, text], and answering with another, the messages. The folder of the
// schemas is its argument.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { getLanguageService } from 'yaml-language-server';

const folder = process.argv[2];
// It gives up on a file, and underlines nothing, where it fails: that is told, too.
const failures = [];
const service = getLanguageService({
  schemaRequestService: () => Promise.reject(new Error('nothing is fetched')),
  telemetry: { sendError: (name, error) => failures.push(`0: ${name} ${error}`) },
  workspaceContext: { resolveRelativePath: (path) => path },
});
service.configure({
  validate: true,
  schemas: ['item', 'kind', 'notice', 'site', 'synonyms', 'vocabulary'].map((kind) => ({
    uri: `file:///${kind}.json`,
    fileMatch: [`*/${kind}.yml`],
    schema: JSON.parse(readFileSync(`${folder}/${kind}.json`, 'utf8')),
  })),
});

let version = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const [kind, text] = JSON.parse(line);
  version += 1;
  const file = TextDocument.create(`file:///data/${kind}.yml`, 'yaml', version, text);
  const found = await service.doValidation(file, false);
  const told = found.map((each) => `${each.range.start.line + 1}: ${each.message}`);
  console.log(JSON.stringify([...told, ...failures.splice(0)]));
}
