import { Command, CommanderError } from 'commander';
import { VERSION } from '#main/router/doctor.ts';
import { ablateCommand } from './cli/ablate-command.ts';
import { compareCommands } from './cli/compare-commands.ts';
import { labelCommands } from './cli/label-commands.ts';
import { libraryCommands } from './cli/library-commands.ts';
import { otherCommands } from './cli/other-commands.ts';
import { EXIT, fail, type Globals, UsageError } from './cli/run.ts';

function buildProgram(): Command {
  const program = new Command('hark')
    .description('An offline lab for recurrent networks on sound.')
    .version(VERSION)
    .option('--lab <dir>', 'the lab to use (default: $HARK_LAB, else Hark in your home folder)')
    .option('--json', 'one JSON value on stdout and nothing else there');
  libraryCommands(program);
  labelCommands(program);
  compareCommands(program);
  ablateCommand(program);
  otherCommands(program);
  const nested = program.commands.flatMap((command) => command.commands);
  for (const command of [program, ...program.commands, ...nested])
    command.exitOverride().configureOutput({ outputError: () => {} });
  return program;
}

/** The command line: `hark COMMAND [...]`. Answers the exit code: 0, 1 failed, 2 wrong usage. */
export async function main(args: readonly string[]): Promise<number> {
  // A reader that has seen enough (`hark ... | head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) =>
    process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed),
  );
  process.stderr.on('error', () => {});
  const program = buildProgram();
  const globals: Globals = { json: args.includes('--json') };
  try {
    if (args.length === 0) throw new UsageError(`Which command?\n\n${program.helpInformation()}`);
    await program.parseAsync(args, { from: 'user' });
    return EXIT.done;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) return fail(globals, thrown);
    if (thrown.exitCode === 0) return EXIT.done;
    return fail(globals, new UsageError(thrown.message.replace(/^error: /, '')));
  }
}
