// Prints every value that JSROOT reads from every branch of TTrees and every field at the top of RNTuples: the oracle of the tests.
//   node values.mjs
// One process reads many files, because starting takes longer than reading. A request is a line on standard input: "FILE OUT TREE…", separated by tabs. It is
// answered by a line on standard output, "done", or "failed MESSAGE", when OUT is written.
// Lines of OUT: "F tree" begins a tree, "B index name" begins a branch, in depth-first order, or a field; "E message" where JSROOT cannot read it; then for each number that
// an entry holds: "P path", "L depth lengths…" for each level of arrays, "V values…"; "T path" where JSROOT makes a text of it.
import { openFile, treeProcess, TSelector } from 'jsroot';
import { readHeaderFooter, rntupleProcess } from 'jsroot/rntuple';
import { appendFileSync, closeSync, openSync, readFileSync } from 'fs';
import { createInterface } from 'readline';

// JSROOT reports what it cannot read here; standard output is for answers.
console.log = console.warn = console.error = () => {};

/** All branches, depth first. */
const ofTree = tree => {
  const branches = [];
  const walk = list => {
    for (const branch of list?.arr ?? []) {
      branches.push({ name: branch.fName, read: selector => (selector.addBranch(branch, 'v'), treeProcess(tree, selector)) });
      walk(branch.fBranches);
    }
  };
  walk(tree.fBranches);
  return branches;
};

/**
 * All fields at the top. JSROOT 7.11.2 counts the columns of a schema extension from 0 again, knows neither RVec, other classes that are collections, nor untyped collections and
 * records, and leaves out the columns of projected fields. With these put right its own code reads them; it only reads the first cluster group.
 */
const ofNtuple = async ntuple => {
  await readHeaderFooter(ntuple);
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
  const fields = builder.fieldDescriptors.filter((field, index) => field.parentFieldId === index);
  return fields.map(field => ({
    name: field.fieldName,
    chars: /\bchar\b/.test(field.typeName),
    read: selector => {
      // Members may have the name of a field at the top.
      builder.findField = () => field;
      selector.addBranch(field, 'v');
      return rntupleProcess(ntuple, selector);
    },
  }));
};

/** Sorts the numbers of a branch's entries by the paths of members that they are under. */
class Numbers {
  paths = new Map();

  constructor(chars) {
    this.chars = chars;
  }

  at(path) {
    let seen = this.paths.get(path);
    if (!seen) this.paths.set(path, seen = { lengths: [], values: [], text: false });
    return seen;
  }

  add(value, path, depth) {
    if (value === null || value === undefined) return;
    // Of a char in an RNTuple, JSROOT makes a text of one letter.
    if (typeof value === 'string' && this.chars) this.at(path).values.push((value.charCodeAt(0) << 16) >> 16);
    else if (typeof value === 'string') this.at(path).text = true;
    else if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
      this.at(path).values.push(typeof value === 'boolean' ? Number(value) : Object.is(value, -0) ? '-0.0' : value);
    } else if (Array.isArray(value) || ArrayBuffer.isView(value)) {
      const seen = this.at(path);
      (seen.lengths[depth] ??= []).push(value.length);
      for (const element of value) this.add(element, path, depth + 1);
    } else {
      for (const key of Object.keys(value)) {
        if (key.startsWith(':_')) this.add(value[key], path, depth); // a base class
        else if (key !== '_typename' && key[0] !== '$') this.add(value[key], path ? `${path}.${key}` : key, depth);
      }
    }
  }

  print(write) {
    for (const [path, seen] of this.paths) {
      if (seen.text) {
        write(`T ${path}`);
        continue;
      }
      write(`P ${path}`);
      seen.lengths.forEach((lengths, depth) => write(`L ${depth} ${lengths.join(' ')}`));
      write(`V ${seen.values.join(' ')}`);
    }
  }
}

const print = async (path, trees, write) => {
  const bytes = readFileSync(path);
  const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  for (const name of trees) {
    write(`F ${name}`);
    const tree = await file.readObject(name);
    const branches = tree.fBranches ? ofTree(tree) : await ofNtuple(tree);
    for (let index = 0; index < branches.length; index++) {
      const branch = branches[index];
      write(`B ${index} ${branch.name}`);
      const numbers = new Numbers(branch.chars);
      let entries = 0;
      try {
        const selector = new TSelector();
        selector.Process = function () {
          entries++;
          numbers.add(this.tgtobj.v, '', 0);
        };
        await branch.read(selector);
      } catch (e) {
        write(`E ${firstLine(e)}`);
        continue;
      }
      write(`N ${entries}`);
      numbers.print(write);
    }
  }
};

const firstLine = e => String(e?.message ?? e).split('\n')[0];

for await (const request of createInterface({ input: process.stdin })) {
  const [path, target, ...trees] = request.split('\t');
  const out = openSync(target, 'w');
  let waiting = [];
  const flush = () => {
    if (waiting.length) appendFileSync(out, waiting.join('\n') + '\n');
    waiting = [];
  };
  let answer = 'done';
  try {
    await print(path, trees, line => {
      waiting.push(line);
      if (waiting.length > 1000) flush();
    });
  } catch (e) {
    answer = `failed ${firstLine(e)}`;
  }
  flush();
  closeSync(out);
  process.stdout.write(answer + '\n');
}
