export async function run(args) {
  const { main } = await import('../src-main/hosts/cli.ts');
  return main(args);
}
