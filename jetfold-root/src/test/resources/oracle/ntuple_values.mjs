// Prints every value that JSROOT reads from every field at the top of an RNTuple: the oracle of the tests.
//   node ntuple_values.mjs FILE NTUPLE
// Lines as tree_values.mjs prints them.
import { openFile, TSelector } from 'jsroot';
import { readHeaderFooter, rntupleProcess } from 'jsroot/rntuple';
import { readFileSync } from 'fs';

const [, , path, name] = process.argv;
// JSROOT reports what it cannot read here; stdout is for values.
console.log = console.warn = console.error = () => {};
const bytes = readFileSync(path);
const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const ntuple = await file.readObject(name);
await readHeaderFooter(ntuple);
// JSROOT 7.11.2 counts the columns of a schema extension from 0 again, knows neither RVec, other classes that are collections, nor untyped collections and records, and
// leaves out the columns of projected fields. With these put right its own code reads them; it only reads the first cluster group.
const { builder } = ntuple;
builder.columnDescriptors.forEach((column, index) => { column.index = index; });
for (const field of builder.fieldDescriptors) {
  if (field.structRole === 1 && !field.typeName.startsWith('std::')) field.typeName = `std::vector<${field.typeName}>`;
  if (field.structRole === 2 && field.typeName === '') Object.assign(field, { typeName: 'record', checksum: 1 });
}
const physical = builder.columnDescriptors.slice();
for (const alias of builder.aliasColumns ?? []) {
  builder.columnDescriptors.push({ ...physical[alias.physicalColumnId], fieldId: alias.fieldId });
}
const out = [];
const flush = () => {
  if (out.length) process.stdout.write(out.join('\n') + '\n');
  out.length = 0;
};
const write = line => {
  out.push(line);
  if (out.length > 1000) flush();
};

write(`F ${name}`);
const fields = ntuple.builder.fieldDescriptors.filter((f, index) => f.parentFieldId === index);
for (let index = 0; index < fields.length; index++) {
  write(`B ${index} ${fields[index].fieldName}`);
  const paths = new Map();
  const at = p => {
    let seen = paths.get(p);
    if (!seen) paths.set(p, seen = { lengths: [], values: [], text: false });
    return seen;
  };
  const add = (v, p, depth) => {
    if (v === null || v === undefined) return;
    // Of a char JSROOT makes a text of one letter.
    if (typeof v === 'string' && isChar) at(p).values.push((v.charCodeAt(0) << 16) >> 16);
    else if (typeof v === 'string') at(p).text = true;
    else if (typeof v === 'number' || typeof v === 'boolean' || typeof v === 'bigint') {
      at(p).values.push(typeof v === 'boolean' ? Number(v) : Object.is(v, -0) ? '-0.0' : v);
    } else if (Array.isArray(v) || ArrayBuffer.isView(v)) {
      const seen = at(p);
      (seen.lengths[depth] ??= []).push(v.length);
      for (const q of v) add(q, p, depth + 1);
    } else {
      for (const key of Object.keys(v)) {
        if (key.startsWith(':_')) add(v[key], p, depth); // a base class
        else if (key !== '_typename' && key[0] !== '$') add(v[key], p ? `${p}.${key}` : key, depth);
      }
    }
  };
  let entries = 0;
  // Members may have the name of a field at the top.
  builder.findField = () => fields[index];
  const isChar = /\bchar\b/.test(fields[index].typeName);
  try {
    const selector = new TSelector();
    selector.addBranch(fields[index], 'v');
    selector.Process = function () {
      entries++;
      add(this.tgtobj.v, '', 0);
    };
    await rntupleProcess(ntuple, selector);
  } catch (e) {
    write(`E ${String(e.message ?? e).split('\n')[0]}`);
    continue;
  }
  write(`N ${entries}`);
  for (const [p, seen] of paths) {
    if (seen.text) {
      write(`T ${p}`);
      continue;
    }
    write(`P ${p}`);
    seen.lengths.forEach((l, depth) => write(`L ${depth} ${l.join(' ')}`));
    write(`V ${seen.values.join(' ')}`);
  }
}
flush();
