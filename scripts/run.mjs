// Plain JavaScript, so that an old Node reads at least this far and can say what is wrong.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
const name = process.argv[2]

if (major < 22 || (major === 22 && minor < 18)) {
  const advice =
    major < 20
      ? 'Install Node 20 or newer (nodejs.org), then run `npx -y pnpm@12 ' + name + '`.'
      : 'Run `npx -y pnpm@12 ' + name + '`: it brings the right Node with it.'
  console.error('Bapmap runs on Node 24; this is Node ' + process.versions.node + '. ' + advice)
  process.exit(1)
} else {
  process.argv.splice(1, 2, name)
  await import('./' + name + '.ts')
}
