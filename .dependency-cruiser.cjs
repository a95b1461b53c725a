/** The floors of the house, from the ground up; an import goes down, never up or round. */
const floors = [
  { name: 'shared', rooms: ['src-shared'] },
  { name: 'native', rooms: ['src-native', 'src-main/native'] },
  { name: 'lab, audio', rooms: ['src-main/lab', 'src-main/audio'] },
  { name: 'datasets, features', rooms: ['src-main/datasets', 'src-main/features'] },
  { name: 'engine', rooms: ['src-main/engine'] },
  { name: 'models', rooms: ['src-main/models'] },
  { name: 'training', rooms: ['src-main/training'] },
  { name: 'experiments, inspection', rooms: ['src-main/experiments', 'src-main/inspection'] },
  { name: 'reports', rooms: ['src-main/reports'] },
  { name: 'router', rooms: ['src-main/router'] },
  { name: 'hosts', rooms: ['src-main/hosts'] },
];
const under = (rooms) => `^(${rooms.join('|')})/`;

module.exports = {
  forbidden: [
    ...floors.slice(0, -1).map((floor, index) => ({
      name: `${floor.name}: no import from a floor above`,
      severity: 'error',
      from: { path: under(floor.rooms) },
      to: { path: under(floors.slice(index + 1).flatMap((above) => above.rooms)) },
    })),
    ...floors
      .filter(({ rooms }) => rooms.length > 1)
      .map(({ name, rooms }) => ({
        name: `${name}: rooms of one floor do not know each other`,
        severity: 'error',
        from: { path: under(rooms) },
        to: { path: under(rooms), pathNot: '^$1/' },
      })),
    {
      name: 'no import in a circle',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'the window never imports the main process',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { path: '^(src-main|src-native)/' },
    },
    {
      name: 'shared imports nothing of ours, no Node, no DOM library',
      severity: 'error',
      from: { path: '^src-shared/' },
      to: { pathNot: '^(src-shared/|node_modules/(zod|@orpc/contract)/)' },
    },
    {
      name: 'the main process never imports the window',
      severity: 'error',
      from: { path: '^src-main/' },
      to: { path: '^src-renderer/' },
    },
    {
      name: 'electron only in its host',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-main/hosts/(electron|preload)' },
      to: { path: '(^|/)electron(/|$)', pathNot: '^src-' },
    },
    {
      name: 'kernels are known to sound, features and the engine alone',
      severity: 'error',
      from: { path: '^src-', pathNot: '^src-(main/(audio|features|engine|native)|native)/' },
      to: { path: '^src-(native|main/native)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
};
