/** After `npm ci`: builds the kernels' addon. An install never fails here, whatever Node or compiler there is. */
import { buildAddon } from './addon.mjs';

console.log(await buildAddon());
