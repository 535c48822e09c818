// Prints what Arrow's own JavaScript library reads from an IPC stream or file: the independent reader of the tests.
//   node arrow_values.mjs FILE...
// For each file a line "file"; a line "note KEY VALUE" for each text of the schema, then a line a field, with tabs between: its name, for each level of lists their lengths, and all numbers.
import { tableFromIPC } from 'apache-arrow';
import { readFileSync } from 'fs';

const text = value => (typeof value === 'boolean' ? Number(value) : Object.is(value, -0) ? '-0' : String(value));
for (const name of process.argv.slice(2)) {
  console.log('file');
  const table = tableFromIPC(readFileSync(name));
  for (const [key, value] of table.schema.metadata) console.log(['note', key, JSON.stringify(value)].join('\t'));
  table.schema.fields.forEach((field, i) => {
    let values = [...table.getChildAt(i)];
    const lengths = [];
    for (let { type } = field; type.children?.length; { type } = type.children[0]) {
      lengths.push(values.map(list => list.length).join(' '));
      values = values.flatMap(list => [...list]);
    }
    console.log([field.name, ...lengths, values.map(text).join(' ')].join('\t'));
  });
}
