/** The fused kernels' addon, built where there is a compiler; without one Hark runs on a slower backend. */

/** Builds the addon if it is missing or out of date. Never throws: answers one line that says what this machine has. */
export async function buildAddon() {
  try {
    const { buildNative } = await import('./build-native.mjs');
    return describe(await buildNative({ quiet: true }));
  } catch (error) {
    return describe({ path: null, reason: error instanceof Error ? error.message : String(error) });
  }
}

function describe({ path, reason }) {
  return path
    ? 'Hark: native kernels ready.'
    : `Hark: native kernels are not built (${firstLine(reason)}); networks train on a slower backend. Install a C++ compiler and run npm ci again for the fast one.`;
}

const firstLine = (text) =>
  String(text ?? 'no compiler')
    .split('\n', 1)[0]
    .replace(/\.$/, '');
