// Prints every value that JSROOT reads from every branch of some TTrees: the oracle of the tests.
//   node tree_values.mjs FILE TREE…
// Lines: "F tree" begins a tree, "B index name" begins a branch, in depth-first order; "E message" where JSROOT cannot read it; then for each number that
// an entry holds: "P path", "L depth lengths…" for each level of arrays, "V values…"; "T path" where JSROOT makes a text of it.
import { openFile, treeProcess, TSelector } from 'jsroot';
import { readFileSync } from 'fs';

const [, , path, ...treeNames] = process.argv;
// JSROOT reports what it cannot read here; stdout is for values.
console.log = console.warn = console.error = () => {};
const bytes = readFileSync(path);
const file = await openFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const out = [];
const write = line => {
  out.push(line);
  if (out.length > 1000) flush();
};
const flush = () => {
  if (out.length) process.stdout.write(out.join('\n') + '\n');
  out.length = 0;
};

for (const treeName of treeNames) {
  write(`F ${treeName}`);
  const tree = await file.readObject(treeName);
  const branches = [];
  const walk = list => {
    for (const b of list?.arr ?? []) {
      branches.push(b);
      walk(b.fBranches);
    }
  };
  walk(tree.fBranches);

  for (let index = 0; index < branches.length; index++) {
    write(`B ${index} ${branches[index].fName}`);
    const paths = new Map();
    const at = p => {
      let seen = paths.get(p);
      if (!seen) paths.set(p, seen = { lengths: [], values: [], text: false });
      return seen;
    };
    const add = (v, p, depth) => {
      if (v === null || v === undefined) return;
      if (typeof v === 'string') at(p).text = true;
      else if (typeof v === 'number' || typeof v === 'boolean' || typeof v === 'bigint') {
        at(p).values.push(typeof v === 'boolean' ? Number(v) : Object.is(v, -0) ? '-0.0' : v);
      } else if (Array.isArray(v) || ArrayBuffer.isView(v)) {
        const seen = at(p);
        (seen.lengths[depth] ??= []).push(v.length);
        for (const q of v) add(q, p, depth + 1);
      } else {
        for (const key of Object.keys(v)) {
          if (key !== '_typename' && key[0] !== '$') add(v[key], p ? `${p}.${key}` : key, depth);
        }
      }
    };
    let entries = 0;
    try {
      const selector = new TSelector();
      selector.addBranch(branches[index], 'v');
      selector.Process = function () {
        entries++;
        add(this.tgtobj.v, '', 0);
      };
      await treeProcess(tree, selector);
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
}
flush();
