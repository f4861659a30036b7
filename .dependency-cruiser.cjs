// The layers of the project: model <- shrinkers <- properties <- cli, and model <- reports <- cli.
// The tests read these rules too: tests/architecture.test.ts breaks each of them once.

const LAYERS = '^(?:model|properties|shrinkers|reports|cli|bench|tests)/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that import each other cannot be read, tested or replaced one at a time.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'model-stands-alone',
      comment: 'The model is what everything else judges: it must not depend on its judges.',
      severity: 'error',
      from: { path: '^model/' },
      to: { path: LAYERS, pathNot: '^model/' },
    },
    {
      name: 'spec-knows-the-alphabet-only',
      comment:
        'The specification shares no code with the models, nor any library: a common mistake would pass ' +
        'unseen. Operations and observations, the alphabet, are the only words they have in common.',
      severity: 'error',
      from: { path: '^model/spec/' },
      to: { pathNot: '^model/(?:spec|alphabet)/' },
    },
    {
      name: 'models-do-not-know-the-spec',
      comment: 'A model that asks the specification for the answer would always agree with it.',
      severity: 'error',
      from: { path: '^model/[^/]+/', pathNot: '^model/spec/' },
      to: { path: '^model/spec/' },
    },
    {
      name: 'alphabet-is-neutral',
      comment:
        'Specification and models both import the alphabet: whatever it imported from one side, the other would share.',
      severity: 'error',
      from: { path: '^model/alphabet/' },
      to: { path: LAYERS, pathNot: '^model/alphabet/' },
    },
    {
      name: 'nobody-knows-the-mutants',
      comment:
        'What is searched for may decide nothing about the search: neither what is drawn, nor what must hold, nor how a ' +
        'failure is made small. Only what compares mutants, what shows that, and what derives them from their source, may know them.',
      severity: 'error',
      from: {
        path: '^(?:model|properties|shrinkers|reports)/',
        pathNot: '^(?:model/mutants/|model/kill-matrix|model/interleaving/derived|properties/killing/)',
      },
      to: { path: '^model/mutants/' },
    },
    {
      name: 'properties-use-the-model',
      comment:
        'A property says what is true of a model, and its checkers shrink what breaks it; how that is shown is not ' +
        'their business.',
      severity: 'error',
      from: { path: '^properties/' },
      to: { path: LAYERS, pathNot: '^(?:properties|shrinkers|model)/' },
    },
    {
      name: 'shrinkers-use-the-alphabet',
      comment:
        'A shrinker knows traces and is told whether they fail: so it serves models, kernels and whatever a user checks.',
      severity: 'error',
      from: { path: '^shrinkers/' },
      to: { path: LAYERS, pathNot: '^(?:shrinkers/|model/alphabet/|model/verdict)' },
    },
    {
      name: 'reports-use-the-model',
      comment: 'A report describes results given to it; it must not be able to run a check again.',
      severity: 'error',
      from: { path: '^reports/' },
      to: { path: LAYERS, pathNot: '^(?:reports|model)/' },
    },
    {
      name: 'page-is-built-alone',
      comment: 'The page runs in a browser: the program knows it as a built file only.',
      severity: 'error',
      from: { pathNot: '^reports/page/' },
      to: { path: '^reports/page/' },
    },
    {
      name: 'nothing-imports-bench-or-tests',
      comment: 'Benchmarks and tests are leaves: the product must build and run without them.',
      severity: 'error',
      from: { path: '^(?:model|properties|shrinkers|reports|cli)/' },
      to: { path: '^(?:bench|tests)/' },
    },
    {
      name: 'terminal-libraries-stay-outside',
      comment:
        'Arguments and progress bars belong to the command; below it everything works without a terminal.',
      severity: 'error',
      from: { path: '^(?:model|properties|shrinkers|reports)/' },
      to: { path: '(?:^|/)node_modules/(?:commander|cli-progress|@types/cli-progress)/' },
    },
    {
      name: 'product-needs-runtime-packages-only',
      comment:
        "Who installs without development packages must be able to run the command. The report's page is built into one file " +
        'with all that it needs.',
      severity: 'error',
      from: { path: '^(?:model|properties|shrinkers|reports|cli)/', pathNot: '^reports/page/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '/node_modules/@types/' },
    },
    {
      name: 'imports-exist',
      comment: 'An import that leads nowhere fails only when it is run.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Imports of types bind files together as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:dist|coverage)/|/fixture/' },
    enhancedResolveOptions: {
      // The tests import "#model/...": judge the sources behind these names, not the compiled files.
      conditionNames: ['mapahead-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
