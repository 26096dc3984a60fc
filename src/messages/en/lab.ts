/** The lab: a world in which everything is open. */
export default {
  pageTitle: '{world}, lab',
  noWorldTitle: 'No such world',
  noWorld: 'There is no such world.',
  noWorldWhy: 'The address may be mistyped. These can be opened:',
  startAnew: 'Reset',
  write: 'Write a letter',
  world: 'World',
} as const
