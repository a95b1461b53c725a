/** The lab while its sources change: Electron's window with hot reload where the runtime is, else the web host over a watching build. */
import { spawn } from 'node:child_process';
import { electronPath, noWindowReason } from './electron.mjs';
import { ROOT } from './node.mjs';
import { binOf, spawnTool } from './tools.mjs';

export async function run(args) {
  const tool = binOf('electron-vite');
  if (electronPath() && !noWindowReason()) return spawnTool(tool, ['dev', '--watch', ...args]);
  const build = spawn(process.execPath, [tool, 'build', '--watch'], { cwd: ROOT, stdio: 'inherit' });
  const { main } = await import('../src-main/hosts/web.ts');
  try {
    return await main({ lab: undefined, port: 0, open: false });
  } finally {
    build.kill();
  }
}
