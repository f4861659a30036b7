// What c8 writes about one file, cut to what is read of it.
const at = (line: number) => ({ start: { line, column: 0 }, end: { line, column: 9 } });

export const C8 = {
  '/project/model/a.ts': {
    path: '/project/model/a.ts',
    all: false,
    statementMap: { '0': at(1), '1': at(2), '2': at(3) },
    s: { '0': 1, '1': 7, '2': 0 },
    fnMap: { '0': { name: 'a', decl: at(1), loc: at(1), line: 1 } },
    f: { '0': 7 },
    branchMap: { '0': { type: 'branch', line: 2, loc: at(2), locations: [at(2)] } },
    b: { '0': [0] },
  },
};
